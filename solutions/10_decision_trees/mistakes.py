"""Wrong answers that students really give, each with what to tell them."""

import numpy as np
from sklearn.metrics import confusion_matrix
from sklearn.tree import DecisionTreeClassifier

from autograder.authoring import mistake

# --- question 1 ---


@mistake("q1", id="in_nats", advice="Check the base of your logarithm: half and half is 1 bit.")
def variables():
    e_play = 0.651757
    e_sunny = 0.673012
    e_overcast = 0.0
    e_rainy = 0.673012
    e_given_outlook = 0.480723
    gain_outlook = 0.171034


@mistake(
    "q1",
    id="rounded_shares",
    advice="Put the fractions into the formula as they are, and round only the result.",
)
def variables():
    e_play = 0.942683
    gain_outlook = 0.249147


@mistake(
    "q1",
    id="mean_of_branches",
    advice="Ask how many of the 14 days each branch holds when you average.",
)
def variables():
    e_given_outlook = 0.647300
    gain_outlook = 0.292986


@mistake(
    "q1",
    id="cut_off_as_on_the_slide",
    advice="Give six decimals; the slide cuts its numbers off after three.",
)
def variables():
    e_play = 0.940
    e_sunny = 0.971
    e_rainy = 0.971
    e_given_outlook = 0.693
    gain_outlook = 0.247


@mistake(
    "q1",
    id="pure_is_full",
    advice="Ask how much doubt is left about a day that is overcast.",
)
def variables():
    e_overcast = 1.0
    e_given_outlook = 0.979250
    gain_outlook = -0.038965


@mistake(
    "q1",
    id="five_overcast_days",
    advice="Count the overcast days in the table, not those on the slide.",
)
def variables():
    e_play = 0.918296
    e_given_outlook = 0.647300
    gain_outlook = 0.270996


@mistake("q1", id="gain_turned_round", advice="Ask which of the two entropies is the larger one.")
def variables():
    gain_outlook = -0.246750


# --- question 2 ---


@mistake("q2", id="natural_log", advice="Check the base of your logarithm with the counts 1 and 1.")
def entropy_bits(counts):
    counts = np.asarray(counts, dtype=float)
    p = counts[counts > 0] / counts.sum()
    return float(-np.sum(p * np.log(p)))


@mistake("q2", id="log_ten", advice="Check the base of your logarithm with the counts 1 and 1.")
def entropy_bits(counts):
    counts = np.asarray(counts, dtype=float)
    p = counts[counts > 0] / counts.sum()
    return float(-np.sum(p * np.log10(p)))


@mistake("q2", id="nan_at_zero", advice="Follow a count of 0 through your formula.")
def entropy_bits(counts):
    p = np.asarray(counts, dtype=float) / np.sum(counts)
    return float(-np.sum(p * np.log2(p)))


@mistake("q2", id="nan_made_zero", advice="Follow a count of 0 through your code: does NumPy warn?")
def entropy_bits(counts):
    p = np.asarray(counts, dtype=float) / np.sum(counts)
    return float(-np.nansum(p * np.log2(p)))


@mistake("q2", id="counts_for_shares", advice="Look at what becomes of the counts before the log.")
def entropy_bits(counts):
    counts = np.asarray(counts, dtype=float)
    counts = counts[counts > 0]
    return float(-np.sum(counts * np.log2(counts)))


@mistake(
    "q2", id="two_labels_only", advice="Count the terms of your sum when there are more labels."
)
def entropy_bits(counts):
    p = counts[0] / np.sum(counts)
    if p in (0, 1):
        return 0.0
    return float(-p * np.log2(p) - (1 - p) * np.log2(1 - p))


@mistake("q2", id="minus_forgotten", advice="Ask for the sign of the logarithm of a share.")
def entropy_bits(counts):
    counts = np.asarray(counts, dtype=float)
    p = counts[counts > 0] / counts.sum()
    return float(np.sum(p * np.log2(p)))


@mistake("q2", id="impurity_of_gini", advice="Compare with the formula: there is another measure.")
def entropy_bits(counts):
    p = np.asarray(counts, dtype=float) / np.sum(counts)
    return float(1 - np.sum(p**2))


@mistake("q2", id="share_forgotten", advice="Look at what each logarithm is multiplied by.")
def entropy_bits(counts):
    counts = np.asarray(counts, dtype=float)
    p = counts[counts > 0] / counts.sum()
    return float(-np.sum(np.log2(p)))


@mistake("q2", id="from_0_to_1", advice="Compute by hand what four equal counts should give.")
def entropy_bits(counts):
    counts = np.asarray(counts, dtype=float)
    p = counts[counts > 0] / counts.sum()
    return float(-np.sum(p * np.log2(p)) / max(np.log2(len(p)), 1))


@mistake("q2", id="in_place", advice="Print the array that you passed in, after the call.")
def entropy_bits(counts):
    counts = np.asarray(counts)
    if counts.dtype.kind == "f":
        counts /= counts.sum()
    p = counts[counts > 0] / counts.sum()
    return float(-np.sum(p * np.log2(p)))


@mistake("q2", id="whole_counts_only", advice="Try counts that are not whole, such as 0.5 and 1.5.")
def entropy_bits(counts):
    counts = np.array(counts, dtype=int)
    p = counts[counts > 0] / max(counts.sum(), 1)
    return float(-np.sum(p * np.log2(p)))


# --- question 3 ---


@mistake(
    "q3",
    id="mean_of_branches",
    advice="Ask how much a branch with a single row should count beside one with ten.",
)
def conditional_entropy_bits(rows, attr, target, entropy=entropy_bits):
    found = []
    for value in count_labels(rows, attr):
        branch = [row for row in rows if row[attr] == value]
        found.append(entropy(list(count_labels(branch, target).values())))
    return sum(found) / len(found)


@mistake("q3", id="sum_of_branches", advice="Look at the weight that each branch should have.")
def conditional_entropy_bits(rows, attr, target, entropy=entropy_bits):
    left = 0.0
    for value in count_labels(rows, attr):
        branch = [row for row in rows if row[attr] == value]
        left += entropy(list(count_labels(branch, target).values()))
    return left


@mistake("q3", id="not_divided_by_n", advice="Add up your weights: they should make 1.")
def conditional_entropy_bits(rows, attr, target, entropy=entropy_bits):
    left = 0.0
    for value, n in count_labels(rows, attr).items():
        branch = [row for row in rows if row[attr] == value]
        left += n * entropy(list(count_labels(branch, target).values()))
    return left


@mistake("q3", id="swapped", advice="Check which of the two attributes you group by.")
def conditional_entropy_bits(rows, attr, target, entropy=entropy_bits):
    left = 0.0
    for value, n in count_labels(rows, target).items():
        branch = [row for row in rows if row[target] == value]
        left += n / len(rows) * entropy(list(count_labels(branch, attr).values()))
    return left


@mistake("q3", id="own_measure", advice="Look for entropy, the argument, in your function.")
def conditional_entropy_bits(rows, attr, target, entropy=entropy_bits):
    left = 0.0
    for value, n in count_labels(rows, attr).items():
        branch = [row for row in rows if row[attr] == value]
        left += n / len(rows) * entropy_bits(list(count_labels(branch, target).values()))
    return left


@mistake("q3", id="entropy_of_the_attribute", advice="Check of what the labels are counted.")
def conditional_entropy_bits(rows, attr, target, entropy=entropy_bits):
    return entropy(list(count_labels(rows, attr).values()))


@mistake("q3", id="gain_turned_round", advice="Check the order of the difference.")
def information_gain(rows, attr, target, entropy=entropy_bits):
    total = entropy(list(count_labels(rows, target).values()))
    return conditional_entropy_bits(rows, attr, target, entropy) - total


@mistake(
    "q3", id="what_is_left", advice="Read once more: gain is what is removed, not what is left."
)
def information_gain(rows, attr, target, entropy=entropy_bits):
    return conditional_entropy_bits(rows, attr, target, entropy)


@mistake("q3", id="gain_ratio", advice="Compare with the formula: nothing is divided there.")
def information_gain(rows, attr, target, entropy=entropy_bits):
    total = entropy(list(count_labels(rows, target).values()))
    gain = total - conditional_entropy_bits(rows, attr, target, entropy)
    return gain / (entropy(list(count_labels(rows, attr).values())) or 1)


@mistake("q3", id="total_of_the_attribute", advice="Check whose entropy you subtract from.")
def information_gain(rows, attr, target, entropy=entropy_bits):
    total = entropy(list(count_labels(rows, attr).values()))
    return total - conditional_entropy_bits(rows, attr, target, entropy)


@mistake("q3", id="measure_not_passed_on", advice="Follow entropy into both terms of the gain.")
def information_gain(rows, attr, target, entropy=entropy_bits):
    total = entropy(list(count_labels(rows, target).values()))
    return total - conditional_entropy_bits(rows, attr, target)


@mistake("q3", id="two_bits_at_most", advice="Try a target with three labels.")
def information_gain(rows, attr, target, entropy=entropy_bits):
    counts = list(count_labels(rows, target).values())
    total = entropy([counts[0], sum(counts[1:])])
    return total - conditional_entropy_bits(rows, attr, target, entropy)


# --- question 4 ---


@mistake("q4", id="smallest_gain", advice="Check whether you look for the largest or the smallest.")
def best_attribute(rows, attrs, target, gain=information_gain):
    return min(attrs, key=lambda attr: gain(rows, attr, target))


@mistake("q4", id="rounding_decides", advice="Print the difference of two gains that look equal.")
def best_attribute(rows, attrs, target, gain=information_gain):
    return max(attrs, key=lambda attr: gain(rows, attr, target))


@mistake("q4", id="last_of_equals", advice="Try gains that are equal: the first attribute wins.")
def best_attribute(rows, attrs, target, gain=information_gain):
    best, largest = None, -np.inf
    for attr in attrs:
        g = gain(rows, attr, target)
        if g > largest - 1e-9:
            best, largest = attr, g
    return best


@mistake("q4", id="alphabet", advice="Check the order in which you go through attrs.")
def best_attribute(rows, attrs, target, gain=information_gain):
    gains = {attr: round(gain(rows, attr, target), 9) for attr in sorted(attrs)}
    return max(gains, key=gains.get)


@mistake("q4", id="target_takes_part", advice="Check which attributes you ask gain for.")
def best_attribute(rows, attrs, target, gain=information_gain):
    gains = {attr: round(gain(rows, attr, target), 9) for attr in rows[0]}
    return max(gains, key=gains.get)


@mistake("q4", id="own_gain", advice="Look for gain, the argument, in your function.")
def best_attribute(rows, attrs, target, gain=information_gain):
    gains = {attr: round(information_gain(rows, attr, target), 9) for attr in attrs}
    return max(gains, key=gains.get)


@mistake("q4", id="starts_at_zero", advice="Try gains that are all below 0.")
def best_attribute(rows, attrs, target, gain=information_gain):
    best, largest = attrs[0], 0.0
    for attr in attrs:
        g = gain(rows, attr, target)
        if g > largest + 1e-9:
            best, largest = attr, g
    return best


@mistake("q4", id="the_gain_itself", advice="Read once more what should be returned.")
def best_attribute(rows, attrs, target, gain=information_gain):
    return max(gain(rows, attr, target) for attr in attrs)


@mistake("q4", id="the_place", advice="Read once more what should be returned: a name.")
def best_attribute(rows, attrs, target, gain=information_gain):
    return int(np.argmax([round(gain(rows, attr, target), 9) for attr in attrs]))


@mistake("q4", id="too_coarse", advice="Ask from which difference on two gains are different.")
def best_attribute(rows, attrs, target, gain=information_gain):
    gains = {attr: round(gain(rows, attr, target), 2) for attr in attrs}
    return max(gains, key=gains.get)


# --- question 5 ---


@mistake("q5", id="stops_at_no_gain", advice="Try XOR: what is the gain of its first question?")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if len(counts) == 1 or not attrs:
        return majority
    attr = choose(rows, attrs, target)
    if information_gain(rows, attr, target) < 1e-9:
        return majority
    others = [one for one in attrs if one != attr]
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, others, target, choose)
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake(
    "q5",
    id="attribute_lost_for_the_others",
    advice="Print attrs after the call, and ask what the second branch may still ask for.",
)
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if len(counts) == 1 or not attrs:
        return majority
    attr = choose(rows, attrs, target)
    attrs.remove(attr)
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, attrs, target, choose)
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake("q5", id="rows_not_filtered", advice="Check which rows a branch is grown from.")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if len(counts) == 1 or not attrs:
        return majority
    attr = choose(rows, attrs, target)
    others = [one for one in attrs if one != attr]
    branches = {
        value: build_tree(rows, others, target, choose) for value in count_labels(rows, attr)
    }
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake("q5", id="one_question_only", advice="Look at what a branch that is still mixed becomes.")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if len(counts) == 1 or not attrs:
        return majority
    attr = choose(rows, attrs, target)
    branches = {}
    for value in count_labels(rows, attr):
        inside = count_labels([row for row in rows if row[attr] == value], target)
        branches[value] = max(inside, key=inside.get)
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake("q5", id="pure_goes_on", advice="Check what happens to rows that all have one label.")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if not attrs:
        return majority
    attr = choose(rows, attrs, target)
    others = [one for one in attrs if one != attr]
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, others, target, choose)
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake("q5", id="choice_not_passed_on", advice="Follow choose from the root into the branches.")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if len(counts) == 1 or not attrs:
        return majority
    attr = choose(rows, attrs, target)
    others = [one for one in attrs if one != attr]
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, others, target)
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake("q5", id="own_choice", advice="Look for choose, the argument, in your function.")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if len(counts) == 1 or not attrs:
        return majority
    attr = best_attribute(rows, attrs, target)
    others = [one for one in attrs if one != attr]
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, others, target)
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake("q5", id="in_the_order_given", advice="Look at who decides which attribute comes next.")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if len(counts) == 1 or not attrs:
        return majority
    attr = attrs[0]
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, attrs[1:], target, choose)
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake("q5", id="majority_of_all", advice="Ask whose rows the majority of an inner node counts.")
def build_tree(rows, attrs, target, choose=best_attribute):
    def grow(rows, attrs):
        counts = count_labels(rows, target)
        if len(counts) == 1:
            return next(iter(counts))
        if not attrs:
            return majority
        attr = choose(rows, attrs, target)
        others = [one for one in attrs if one != attr]
        branches = {}
        for value in count_labels(rows, attr):
            branches[value] = grow([row for row in rows if row[attr] == value], others)
        return {"attr": attr, "branches": branches, "majority": majority}

    everything = count_labels(rows, target)
    majority = max(everything, key=everything.get)
    return grow(rows, attrs)


@mistake("q5", id="first_label_in_leaf", advice="Ask which label answers when rows disagree.")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if len(counts) == 1 or not attrs:
        return rows[0][target]
    attr = choose(rows, attrs, target)
    others = [one for one in attrs if one != attr]
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, others, target, choose)
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake("q5", id="tie_by_alphabet", advice="Try labels that are equally frequent.")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(sorted(counts), key=counts.get)
    if len(counts) == 1 or not attrs:
        return majority
    attr = choose(rows, attrs, target)
    others = [one for one in attrs if one != attr]
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, others, target, choose)
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake("q5", id="rarest_label", advice="Check whether you take the most or the least frequent.")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = min(counts, key=counts.get)
    if len(counts) == 1 or not attrs:
        return majority
    attr = choose(rows, attrs, target)
    others = [one for one in attrs if one != attr]
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, others, target, choose)
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake("q5", id="no_choice_with_one_left", advice="Try a single attribute that is still to ask.")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if len(counts) == 1 or len(attrs) <= 1:
        return majority
    attr = choose(rows, attrs, target)
    others = [one for one in attrs if one != attr]
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, others, target, choose)
    return {"attr": attr, "branches": branches, "majority": majority}


@mistake("q5", id="order_of_attributes_lost", advice="Check the order of what you pass to choose.")
def build_tree(rows, attrs, target, choose=best_attribute):
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if len(counts) == 1 or not attrs:
        return majority
    attrs = sorted(attrs)
    attr = choose(rows, attrs, target)
    others = [one for one in attrs if one != attr]
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, others, target, choose)
    return {"attr": attr, "branches": branches, "majority": majority}


# --- question 6 ---


@mistake("q6", id="first_branch", advice="Check which branch you take for a value without one.")
def predict(tree, row):
    while isinstance(tree, dict):
        branches = tree["branches"]
        tree = branches.get(row.get(tree["attr"]), next(iter(branches.values())))
    return tree


@mistake("q6", id="majority_of_the_root", advice="Ask whose majority answers deep in the tree.")
def predict(tree, row):
    root = tree
    while isinstance(tree, dict):
        tree = tree["branches"].get(row.get(tree["attr"]), root["majority"])
    return tree


@mistake("q6", id="one_step", advice="Follow a row that is asked two questions.")
def predict(tree, row):
    if isinstance(tree, str):
        return tree
    branch = tree["branches"].get(row.get(tree["attr"]), tree["majority"])
    return branch if isinstance(branch, str) else branch["majority"]


@mistake("q6", id="majority_always", advice="Look at when the majority may answer.")
def predict(tree, row):
    return tree if isinstance(tree, str) else tree["majority"]


@mistake("q6", id="vote_of_the_leaves", advice="Ask whether rows or leaves make the majority.")
def predict(tree, row):
    def leaves(node):
        if isinstance(node, str):
            return [node]
        return [leaf for branch in node["branches"].values() for leaf in leaves(branch)]

    while isinstance(tree, dict):
        branch = tree["branches"].get(row.get(tree["attr"]))
        if branch is None:
            return max(leaves(tree), key=leaves(tree).count)
        tree = branch
    return tree


@mistake("q6", id="asks_on_below", advice="Check that a node without the branch ends the search.")
def predict(tree, row):
    while isinstance(tree, dict):
        branches = tree["branches"]
        inner = [one for one in branches.values() if isinstance(one, dict)]
        tree = branches.get(row.get(tree["attr"]), inner[0] if inner else tree["majority"])
    return tree


@mistake(
    "q6",
    id="majority_of_the_node_above",
    advice="Check which node's majority you keep while you go down.",
)
def predict(tree, row):
    above = tree["majority"] if isinstance(tree, dict) else tree
    while isinstance(tree, dict):
        if row.get(tree["attr"]) not in tree["branches"]:
            return above
        above, tree = tree["majority"], tree["branches"][row[tree["attr"]]]
    return tree


@mistake("q6", id="the_last_branch", advice="Check which branch you take for a value without one.")
def predict(tree, row):
    while isinstance(tree, dict):
        branches = tree["branches"]
        tree = branches.get(row.get(tree["attr"]), list(branches.values())[-1])
    return tree


@mistake("q6", id="no_label_found", advice="Read once more who answers where there is no branch.")
def predict(tree, row):
    while isinstance(tree, dict):
        tree = tree["branches"].get(row.get(tree["attr"]), "unknown")
    return tree


# --- question 7 ---


@mistake("q7", id="last_condition_only", advice="Count the conditions on the way to a deep leaf.")
def tree_to_rules(tree):
    if isinstance(tree, str):
        return [({}, tree)]
    rules = []
    for value, branch in tree["branches"].items():
        for conditions, label in tree_to_rules(branch):
            rules.append((conditions or {tree["attr"]: value}, label))
    return rules


@mistake("q7", id="first_condition_only", advice="Count the conditions on the way to a deep leaf.")
def tree_to_rules(tree):
    if isinstance(tree, str):
        return [({}, tree)]
    rules = []
    for value, branch in tree["branches"].items():
        for _, label in tree_to_rules(branch):
            rules.append(({tree["attr"]: value}, label))
    return rules


@mistake(
    "q7",
    id="one_dict_for_all",
    advice="Print the conditions of the first rule before and after the second one is made.",
)
def tree_to_rules(tree):
    rules, conditions = [], {}

    def walk(node):
        if isinstance(node, str):
            rules.append((conditions, node))
            return
        for value, branch in node["branches"].items():
            conditions[node["attr"]] = value
            walk(branch)

    walk(tree)
    return rules


@mistake(
    "q7",
    id="conditions_left_over",
    advice="Check what remains of one path's conditions when the next path begins.",
)
def tree_to_rules(tree):
    rules, conditions = [], {}

    def walk(node):
        if isinstance(node, str):
            rules.append((dict(conditions), node))
            return
        for value, branch in node["branches"].items():
            conditions[node["attr"]] = value
            walk(branch)

    walk(tree)
    return rules


@mistake("q7", id="value_first", advice="Check what is the key of a condition, and what its value.")
def tree_to_rules(tree):
    if isinstance(tree, str):
        return [({}, tree)]
    rules = []
    for value, branch in tree["branches"].items():
        for conditions, label in tree_to_rules(branch):
            rules.append(({value: tree["attr"], **conditions}, label))
    return rules


@mistake("q7", id="leaf_has_no_rule", advice="Try a tree that is a single leaf.")
def tree_to_rules(tree):
    rules = []
    if isinstance(tree, dict):
        for value, branch in tree["branches"].items():
            inner = [({}, branch)] if isinstance(branch, str) else tree_to_rules(branch)
            rules += [({tree["attr"]: value, **conditions}, label) for conditions, label in inner]
    return rules


@mistake("q7", id="majority_is_a_rule", advice="Count your rules and the leaves of the tree.")
def tree_to_rules(tree):
    if isinstance(tree, str):
        return [({}, tree)]
    rules = []
    for value, branch in tree["branches"].items():
        for conditions, label in tree_to_rules(branch):
            rules.append(({tree["attr"]: value, **conditions}, label))
    return [*rules, ({}, tree["majority"])]


@mistake("q7", id="one_rule_a_label", advice="Count your rules and the leaves of the tree.")
def tree_to_rules(tree):
    def walk(node, conditions):
        if isinstance(node, str):
            rules[node] = conditions
        else:
            for value, branch in node["branches"].items():
                walk(branch, {**conditions, node["attr"]: value})

    rules = {}
    walk(tree, {})
    return [(conditions, label) for label, conditions in rules.items()]


@mistake("q7", id="any_condition", advice="Read AND in the deck's rule once more.")
def apply_rules(rules, row, default):
    for conditions, label in rules:
        if not conditions or any(row.get(attr) == value for attr, value in conditions.items()):
            return label
    return default


@mistake("q7", id="last_rule_wins", advice="Try two rules that both hold.")
def apply_rules(rules, row, default):
    answer = default
    for conditions, label in rules:
        if all(row.get(attr) == value for attr, value in conditions.items()):
            answer = label
    return answer


@mistake("q7", id="first_rule_only", advice="Follow a row for which the first rule does not hold.")
def apply_rules(rules, row, default):
    for conditions, label in rules:
        if all(row.get(attr) == value for attr, value in conditions.items()):
            return label
        return default
    return default


@mistake("q7", id="always_is_never", advice="Try a rule without conditions.")
def apply_rules(rules, row, default):
    for conditions, label in rules:
        if conditions and all(row.get(attr) == value for attr, value in conditions.items()):
            return label
    return default


@mistake("q7", id="missing_holds", advice="Try a row that lacks an attribute of the rule.")
def apply_rules(rules, row, default):
    for conditions, label in rules:
        if all(row[attr] == value for attr, value in conditions.items() if attr in row):
            return label
    return default


@mistake("q7", id="whole_row", advice="Try a row that has more attributes than the rule names.")
def apply_rules(rules, row, default):
    for conditions, label in rules:
        if conditions == row:
            return label
    return default


# --- question 8 ---


@mistake("q8", id="cuts_at_a_sample", advice="Ask where in a gap the threshold should lie.")
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.asarray(x, dtype=float), np.asarray(y)

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    cuts = np.unique(x)[:-1]
    gains = [doubt(y) - doubt(y[x <= cut]) - doubt(y[x > cut]) for cut in cuts]
    first = np.flatnonzero(gains > np.max(gains) - 1e-9)[0]
    return float(cuts[first]), float(gains[first])


@mistake("q8", id="cuts_at_the_next", advice="Ask where in a gap the threshold should lie.")
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.asarray(x, dtype=float), np.asarray(y)

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    cuts = np.unique(x)[1:]
    gains = [doubt(y) - doubt(y[x < cut]) - doubt(y[x >= cut]) for cut in cuts]
    first = np.flatnonzero(gains > np.max(gains) - 1e-9)[0]
    return float(cuts[first]), float(gains[first])


@mistake("q8", id="largest_of_equals", advice="Try two cuts that gain equally much.")
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.asarray(x, dtype=float), np.asarray(y)

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    values = np.unique(x)
    cuts = (values[1:] + values[:-1]) / 2
    gains = [doubt(y) - doubt(y[x < cut]) - doubt(y[x > cut]) for cut in cuts]
    last = np.flatnonzero(gains > np.max(gains) - 1e-9)[-1]
    return float(cuts[last]), float(gains[last])


@mistake("q8", id="rounding_decides", advice="Print the difference of two gains that look equal.")
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.asarray(x, dtype=float), np.asarray(y)

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    values = np.unique(x)
    cuts = (values[1:] + values[:-1]) / 2
    gains = [doubt(y) - doubt(y[x < cut]) - doubt(y[x > cut]) for cut in cuts]
    best = int(np.argmax(gains))
    return float(cuts[best]), float(gains[best])


@mistake(
    "q8", id="labels_not_sorted", advice="When you sort x, follow the labels to their numbers."
)
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.sort(np.asarray(x, dtype=float)), np.asarray(y)

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    values = np.unique(x)
    cuts = (values[1:] + values[:-1]) / 2
    gains = [doubt(y) - doubt(y[x < cut]) - doubt(y[x > cut]) for cut in cuts]
    first = np.flatnonzero(gains > np.max(gains) - 1e-9)[0]
    return float(cuts[first]), float(gains[first])


@mistake(
    "q8", id="sides_not_weighted", advice="Ask how much a side with a single row should count."
)
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.asarray(x, dtype=float), np.asarray(y)

    def doubt(part):
        return entropy([np.sum(part == label) for label in np.unique(part)])

    values = np.unique(x)
    cuts = (values[1:] + values[:-1]) / 2
    gains = [doubt(y) - (doubt(y[x < cut]) + doubt(y[x > cut])) / 2 for cut in cuts]
    first = np.flatnonzero(gains > np.max(gains) - 1e-9)[0]
    return float(cuts[first]), float(gains[first])


@mistake("q8", id="cuts_between_equals", advice="Try numbers that occur more than once.")
def best_threshold(x, y, entropy=entropy_bits):
    order = np.argsort(x, kind="stable")
    x, y = np.asarray(x, dtype=float)[order], np.asarray(y)[order]

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    gains = [doubt(y) - doubt(y[:i]) - doubt(y[i:]) for i in range(1, len(x))]
    first = np.flatnonzero(gains > np.max(gains) - 1e-9)[0]
    return float((x[first] + x[first + 1]) / 2), float(gains[first])


@mistake("q8", id="gain_first", advice="Check the order of the two numbers that you return.")
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.asarray(x, dtype=float), np.asarray(y)

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    values = np.unique(x)
    cuts = (values[1:] + values[:-1]) / 2
    gains = [doubt(y) - doubt(y[x < cut]) - doubt(y[x > cut]) for cut in cuts]
    first = np.flatnonzero(gains > np.max(gains) - 1e-9)[0]
    return float(gains[first]), float(cuts[first])


@mistake(
    "q8", id="what_is_left", advice="Check whether you return what is removed or what is left."
)
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.asarray(x, dtype=float), np.asarray(y)

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    values = np.unique(x)
    cuts = (values[1:] + values[:-1]) / 2
    left = np.array([doubt(y[x < cut]) + doubt(y[x > cut]) for cut in cuts])
    first = np.flatnonzero(left < left.min() + 1e-9)[0]
    return float(cuts[first]), float(left[first])


@mistake("q8", id="last_gap_left_out", advice="Count the gaps between n different numbers.")
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.asarray(x, dtype=float), np.asarray(y)

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    values = np.unique(x)
    cuts = (values[1:] + values[:-1]) / 2
    cuts = cuts[:-1] if len(cuts) > 1 else cuts
    gains = [doubt(y) - doubt(y[x < cut]) - doubt(y[x > cut]) for cut in cuts]
    first = np.flatnonzero(gains > np.max(gains) - 1e-9)[0]
    return float(cuts[first]), float(gains[first])


@mistake("q8", id="mean_of_x", advice="Check how many cuts you try.")
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.asarray(x, dtype=float), np.asarray(y)

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    cut = x.mean()
    return float(cut), float(doubt(y) - doubt(y[x <= cut]) - doubt(y[x > cut]))


@mistake("q8", id="own_measure", advice="Look for entropy, the argument, in your function.")
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.asarray(x, dtype=float), np.asarray(y)

    def doubt(part):
        counts = [np.sum(part == label) for label in np.unique(part)]
        return len(part) / len(y) * entropy_bits(counts)

    values = np.unique(x)
    cuts = (values[1:] + values[:-1]) / 2
    gains = [doubt(y) - doubt(y[x < cut]) - doubt(y[x > cut]) for cut in cuts]
    first = np.flatnonzero(gains > np.max(gains) - 1e-9)[0]
    return float(cuts[first]), float(gains[first])


@mistake("q8", id="one_label_against_the_rest", advice="Try three labels.")
def best_threshold(x, y, entropy=entropy_bits):
    x, y = np.asarray(x, dtype=float), np.asarray(y)
    y = y == np.unique(y)[0]

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    values = np.unique(x)
    cuts = (values[1:] + values[:-1]) / 2
    gains = [doubt(y) - doubt(y[x < cut]) - doubt(y[x > cut]) for cut in cuts]
    first = np.flatnonzero(gains > np.max(gains) - 1e-9)[0]
    return float(cuts[first]), float(gains[first])


# --- question 9 ---


@mistake("q9", id="matrix_turned", advice="Check which axis of the matrix holds the true labels.")
def tree_report(X_train, y_train, X_test, y_test, max_depth=None, seed=0):
    tree = DecisionTreeClassifier(criterion="entropy", max_depth=max_depth, random_state=seed)
    tree.fit(X_train, y_train)
    predicted = tree.predict(X_test)
    return {
        "train": float(np.mean(tree.predict(X_train) == np.asarray(y_train))),
        "test": float(np.mean(predicted == np.asarray(y_test))),
        "matrix": confusion_matrix(predicted, y_test, labels=np.unique(y_train)),
    }


@mistake("q9", id="depth_ignored", advice="Follow max_depth through your function.")
def tree_report(X_train, y_train, X_test, y_test, max_depth=None, seed=0):
    tree = DecisionTreeClassifier(criterion="entropy", random_state=seed)
    tree.fit(X_train, y_train)
    predicted = tree.predict(X_test)
    return {
        "train": float(np.mean(tree.predict(X_train) == np.asarray(y_train))),
        "test": float(np.mean(predicted == np.asarray(y_test))),
        "matrix": confusion_matrix(y_test, predicted, labels=np.unique(y_train)),
    }


@mistake("q9", id="gini", advice="Check by which criterion your tree chooses its cuts.")
def tree_report(X_train, y_train, X_test, y_test, max_depth=None, seed=0):
    tree = DecisionTreeClassifier(max_depth=max_depth, random_state=seed)
    tree.fit(X_train, y_train)
    predicted = tree.predict(X_test)
    return {
        "train": float(np.mean(tree.predict(X_train) == np.asarray(y_train))),
        "test": float(np.mean(predicted == np.asarray(y_test))),
        "matrix": confusion_matrix(y_test, predicted, labels=np.unique(y_train)),
    }


@mistake("q9", id="fitted_to_all", advice="Check which samples your tree has seen while it grew.")
def tree_report(X_train, y_train, X_test, y_test, max_depth=None, seed=0):
    tree = DecisionTreeClassifier(criterion="entropy", max_depth=max_depth, random_state=seed)
    tree.fit(np.concatenate([X_train, X_test]), np.concatenate([y_train, y_test]))
    predicted = tree.predict(X_test)
    return {
        "train": float(np.mean(tree.predict(X_train) == np.asarray(y_train))),
        "test": float(np.mean(predicted == np.asarray(y_test))),
        "matrix": confusion_matrix(y_test, predicted, labels=np.unique(y_train)),
    }


@mistake("q9", id="fitted_to_the_test", advice="Check which samples your tree is grown from.")
def tree_report(X_train, y_train, X_test, y_test, max_depth=None, seed=0):
    tree = DecisionTreeClassifier(criterion="entropy", max_depth=max_depth, random_state=seed)
    tree.fit(X_test, y_test)
    predicted = tree.predict(X_test)
    return {
        "train": float(np.mean(tree.predict(X_train) == np.asarray(y_train))),
        "test": float(np.mean(predicted == np.asarray(y_test))),
        "matrix": confusion_matrix(y_test, predicted, labels=np.unique(y_train)),
    }


@mistake("q9", id="matrix_of_training", advice="Check which samples your matrix counts.")
def tree_report(X_train, y_train, X_test, y_test, max_depth=None, seed=0):
    tree = DecisionTreeClassifier(criterion="entropy", max_depth=max_depth, random_state=seed)
    tree.fit(X_train, y_train)
    predicted = tree.predict(X_train)
    return {
        "train": float(np.mean(predicted == np.asarray(y_train))),
        "test": float(np.mean(tree.predict(X_test) == np.asarray(y_test))),
        "matrix": confusion_matrix(y_train, predicted),
    }


@mistake("q9", id="train_and_test_swapped", advice="Check which share belongs to which samples.")
def tree_report(X_train, y_train, X_test, y_test, max_depth=None, seed=0):
    tree = DecisionTreeClassifier(criterion="entropy", max_depth=max_depth, random_state=seed)
    tree.fit(X_train, y_train)
    predicted = tree.predict(X_test)
    return {
        "test": float(np.mean(tree.predict(X_train) == np.asarray(y_train))),
        "train": float(np.mean(predicted == np.asarray(y_test))),
        "matrix": confusion_matrix(y_test, predicted, labels=np.unique(y_train)),
    }


@mistake(
    "q9",
    id="missing_label_has_no_row",
    advice="Look at the shape of the matrix when a label is missing among the test samples.",
)
def tree_report(X_train, y_train, X_test, y_test, max_depth=None, seed=0):
    tree = DecisionTreeClassifier(criterion="entropy", max_depth=max_depth, random_state=seed)
    tree.fit(X_train, y_train)
    predicted = tree.predict(X_test)
    return {
        "train": float(np.mean(tree.predict(X_train) == np.asarray(y_train))),
        "test": float(np.mean(predicted == np.asarray(y_test))),
        "matrix": confusion_matrix(y_test, predicted, labels=np.unique(y_test)),
    }


@mistake("q9", id="counts_for_shares", advice="Read once more: a share lies between 0 and 1.")
def tree_report(X_train, y_train, X_test, y_test, max_depth=None, seed=0):
    tree = DecisionTreeClassifier(criterion="entropy", max_depth=max_depth, random_state=seed)
    tree.fit(X_train, y_train)
    predicted = tree.predict(X_test)
    return {
        "train": int(np.sum(tree.predict(X_train) == np.asarray(y_train))),
        "test": int(np.sum(predicted == np.asarray(y_test))),
        "matrix": confusion_matrix(y_test, predicted, labels=np.unique(y_train)),
    }


@mistake("q9", id="no_margin", advice="Check how far your points reach beyond the samples.")
def decision_mesh(predict, X, step=0.1, margin=1.0):
    low, high = np.min(X, axis=0), np.max(X, axis=0)
    xs, ys = np.arange(low[0], high[0], step), np.arange(low[1], high[1], step)
    points = np.array([(x, y) for y in ys for x in xs])
    return xs, ys, np.asarray(predict(points)).reshape(len(ys), len(xs))


@mistake("q9", id="fixed_step", advice="Follow step and margin through your function.")
def decision_mesh(predict, X, step=0.1, margin=1.0):
    low, high = np.min(X, axis=0) - 1, np.max(X, axis=0) + 1
    xs, ys = np.arange(low[0], high[0], 0.1), np.arange(low[1], high[1], 0.1)
    points = np.array([(x, y) for y in ys for x in xs])
    return xs, ys, np.asarray(predict(points)).reshape(len(ys), len(xs))


@mistake("q9", id="columns_for_rows", advice="Check which axis of labels belongs to xs.")
def decision_mesh(predict, X, step=0.1, margin=1.0):
    low, high = np.min(X, axis=0) - margin, np.max(X, axis=0) + margin
    xs, ys = np.arange(low[0], high[0], step), np.arange(low[1], high[1], step)
    points = np.array([(x, y) for x in xs for y in ys])
    return xs, ys, np.asarray(predict(points)).reshape(len(xs), len(ys))


@mistake("q9", id="wrong_order", advice="Follow one point from the list into its place in labels.")
def decision_mesh(predict, X, step=0.1, margin=1.0):
    low, high = np.min(X, axis=0) - margin, np.max(X, axis=0) + margin
    xs, ys = np.arange(low[0], high[0], step), np.arange(low[1], high[1], step)
    points = np.array([(x, y) for x in xs for y in ys])
    return xs, ys, np.asarray(predict(points)).reshape(len(ys), len(xs))


@mistake("q9", id="y_before_x", advice="Check in which order predict gets the two columns.")
def decision_mesh(predict, X, step=0.1, margin=1.0):
    low, high = np.min(X, axis=0) - margin, np.max(X, axis=0) + margin
    xs, ys = np.arange(low[0], high[0], step), np.arange(low[1], high[1], step)
    points = np.array([(y, x) for y in ys for x in xs])
    return xs, ys, np.asarray(predict(points)).reshape(len(ys), len(xs))


@mistake("q9", id="margin_on_one_side", advice="Check both ends of xs against the formula.")
def decision_mesh(predict, X, step=0.1, margin=1.0):
    low, high = np.min(X, axis=0) - margin, np.max(X, axis=0)
    xs, ys = np.arange(low[0], high[0], step), np.arange(low[1], high[1], step)
    points = np.array([(x, y) for y in ys for x in xs])
    return xs, ys, np.asarray(predict(points)).reshape(len(ys), len(xs))


@mistake("q9", id="one_range_for_both", advice="Check over which axis of X you take the smallest.")
def decision_mesh(predict, X, step=0.1, margin=1.0):
    low, high = np.min(X) - margin, np.max(X) + margin
    xs, ys = np.arange(low, high, step), np.arange(low, high, step)
    points = np.array([(x, y) for y in ys for x in xs])
    return xs, ys, np.asarray(predict(points)).reshape(len(ys), len(xs))
