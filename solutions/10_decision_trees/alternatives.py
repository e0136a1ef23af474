"""Right answers written another way; each must get full marks."""

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from autograder.authoring import alternative

# --- question 1 ---


@alternative("q1", id="more_digits")
def variables():
    e_play = 0.940285958671
    e_sunny = 0.970950594455
    e_overcast = 0
    e_rainy = 0.970950594455
    e_given_outlook = 0.693536138896
    gain_outlook = 0.246749819774


@alternative("q1", id="rounded_on_the_way")
def variables():
    e_overcast = -0.0
    e_given_outlook = 0.693536428
    gain_outlook = 0.246749572


# --- question 2 ---


@alternative("q2", id="loop")
def entropy_bits(counts):
    from math import log2

    total, doubt = sum(counts), 0.0
    for n in counts:
        if n:
            doubt -= n / total * log2(n / total)
    return doubt


@alternative("q2", id="natural_logs_divided")
def entropy_bits(counts):
    from math import fsum, log

    total = fsum(counts)
    return fsum(-n / total * log(n / total) / log(2) for n in counts if n > 0)


@alternative("q2", id="absent_labels_get_share_one")
def entropy_bits(counts):
    p = np.array(counts, dtype=float)
    p /= p.sum()
    return -(p * np.log2(np.where(p == 0, 1, p))).sum()


# --- question 3 ---


@alternative("q3", id="one_pass")
def conditional_entropy_bits(rows, attr, target, entropy=entropy_bits):
    from collections import Counter, defaultdict

    groups = defaultdict(Counter)
    for row in rows:
        groups[row[attr]][row[target]] += 1
    doubts = [sum(c.values()) * entropy(np.array([*c.values()])) for c in groups.values()]
    return sum(doubts) / len(rows)


@alternative("q3", id="numpy_tables")
def conditional_entropy_bits(rows, attr, target, entropy=entropy_bits):
    values, labels = (np.array([row[name] for row in rows]) for name in (attr, target))
    table = np.zeros((len(np.unique(values)), len(np.unique(labels))))
    for v, value in enumerate(np.unique(values)):
        for c, label in enumerate(np.unique(labels)):
            table[v, c] = np.sum((values == value) & (labels == label))
    shares = table.sum(axis=1) / len(rows)
    return float(shares @ np.array([entropy(counts) for counts in table]))


@alternative("q3", id="gain_by_itself")
def information_gain(rows, attr, target, entropy=entropy_bits):
    from collections import Counter

    def doubt(part):
        return len(part) * entropy(tuple(Counter(row[target] for row in part).values()))

    gain = doubt(rows)
    for value in {row[attr] for row in rows}:
        gain -= doubt([row for row in rows if row[attr] == value])
    return gain / len(rows)


# --- question 4 ---


@alternative("q4", id="loop")
def best_attribute(rows, attrs, target, gain=information_gain):
    best, largest = attrs[0], gain(rows, attrs[0], target)
    for attr in attrs[1:]:
        found = gain(rows, attr, target)
        if found - largest > 1e-9:
            best, largest = attr, found
    return best


@alternative("q4", id="rounded")
def best_attribute(rows, attrs, target, gain=information_gain):
    return attrs[int(np.argmax([round(gain(rows, attr, target), 8) for attr in attrs]))]


@alternative("q4", id="isclose")
def best_attribute(rows, attrs, target, gain=information_gain):
    gains = np.array([gain(rows, attr, target) for attr in attrs])
    near = np.isclose(gains, gains.max(), rtol=0, atol=1e-9)
    return attrs[np.flatnonzero(near)[0]]


# --- question 5 ---


@alternative("q5", id="inner_function")
def build_tree(rows, attrs, target, choose=best_attribute):
    def grow(rows, attrs):
        labels = [row[target] for row in rows]
        majority = max(labels, key=labels.count)
        if len(set(labels)) < 2 or len(attrs) == 0:
            return majority
        attr = choose(rows, attrs, target)
        groups = {}
        for row in rows:
            groups.setdefault(row[attr], []).append(row)
        rest = [one for one in attrs if one != attr]
        branches = {value: grow(group, rest) for value, group in groups.items()}
        return {"majority": majority, "branches": branches, "attr": attr}

    return grow(rows, attrs)


@alternative("q5", id="counter")
def build_tree(rows, attrs, target, choose=best_attribute):
    from collections import Counter

    counts = Counter(row[target] for row in rows)
    label, often = counts.most_common(1)[0]
    if often == len(rows) or not attrs:
        return label
    rest = attrs.copy()
    attr = choose(rows, attrs.copy(), target)
    rest.remove(attr)
    node = {"attr": attr, "branches": {}, "majority": label}
    for value in sorted({row[attr] for row in rows}):
        part = [dict(row) for row in rows if row[attr] == value]
        node["branches"][value] = build_tree(part, rest, target, choose)
    return node


# --- question 6 ---


@alternative("q6", id="recursion")
def predict(tree, row):
    if isinstance(tree, str):
        return tree
    attr = tree["attr"]
    if attr not in row or row[attr] not in tree["branches"]:
        return tree["majority"]
    return predict(tree["branches"][row[attr]], row)


@alternative("q6", id="try_and_see")
def predict(tree, row):
    while not isinstance(tree, str):
        try:
            tree = tree["branches"][row[tree["attr"]]]
        except KeyError:
            return tree["majority"]
    return tree


# --- question 7 ---


@alternative("q7", id="stack")
def tree_to_rules(tree):
    rules, todo = [], [({}, tree)]
    while todo:
        conditions, node = todo.pop()
        if isinstance(node, str):
            rules.append([conditions, node])
            continue
        for value in node["branches"]:
            todo.append(({**conditions, node["attr"]: value}, node["branches"][value]))
    return rules


@alternative("q7", id="inner_function")
def tree_to_rules(tree):
    def walk(node, conditions):
        if isinstance(node, str):
            yield dict(conditions), node
        else:
            for value, branch in reversed(node["branches"].items()):
                yield from walk(branch, [*conditions, (node["attr"], value)])

    return list(walk(tree, []))


@alternative("q7", id="subset_of_items")
def apply_rules(rules, row, default):
    return next(
        (label for conditions, label in rules if conditions.items() <= row.items()), default
    )


@alternative("q7", id="flags")
def apply_rules(rules, row, default):
    for conditions, label in rules:
        holds = True
        for attr in conditions:
            if attr not in row or row[attr] != conditions[attr]:
                holds = False
        if holds:
            return label
    return default


# --- question 8 ---


@alternative("q8", id="sorted_pairs")
def best_threshold(x, y, entropy=entropy_bits):
    from collections import Counter

    pairs = sorted(zip(map(float, x), list(y), strict=True))
    labels = [label for _, label in pairs]

    def doubt(part):
        return len(part) * entropy(list(Counter(part).values()))

    best, largest = None, -1.0
    for i in range(1, len(pairs)):
        if pairs[i - 1][0] < pairs[i][0]:
            gain = (doubt(labels) - doubt(labels[:i]) - doubt(labels[i:])) / len(labels)
            if gain > largest + 1e-9:
                best, largest = 0.5 * (pairs[i - 1][0] + pairs[i][0]), gain
    return best, largest


@alternative("q8", id="running_counts")
def best_threshold(x, y, entropy=entropy_bits):
    order = np.argsort(x)
    x = np.array(x, dtype=float)[order]
    names, codes = np.unique(np.array(y)[order], return_inverse=True)
    below = np.cumsum(np.eye(len(names))[codes], axis=0)
    total = below[-1]
    found = []
    for i in np.flatnonzero(np.diff(x) > 0):
        left, right = below[i], total - below[i]
        after = (left.sum() * entropy(left) + right.sum() * entropy(right)) / len(x)
        found.append((round(entropy(total) - after, 8), entropy(total) - after, i))
    _, gain, i = max(found, key=lambda one: one[0])
    return x[i] + (x[i + 1] - x[i]) / 2, gain


# --- question 9 ---


@alternative("q9", id="matrix_by_hand")
def tree_report(X_train, y_train, X_test, y_test, max_depth=None, seed=0):
    tree = DecisionTreeClassifier(max_depth=max_depth, random_state=seed, criterion="entropy")
    tree = tree.fit(np.array(X_train), np.array(y_train))
    k = len(set(np.array(y_train).tolist()))
    matrix = [[0] * k for _ in range(k)]
    for true, answer in zip(y_test, tree.predict(X_test), strict=True):
        matrix[true][answer] += 1
    return {
        "matrix": matrix,
        "train": tree.score(X_train, y_train),
        "test": np.trace(matrix) / len(y_test),
    }


@alternative("q9", id="add_at")
def tree_report(X_train, y_train, X_test, y_test, max_depth=None, seed=0):
    tree = DecisionTreeClassifier(criterion="log_loss", max_depth=max_depth, random_state=seed)
    predicted = tree.fit(X_train, y_train).predict(X_test)
    matrix = np.zeros((max(y_train) + 1,) * 2, dtype=np.int32)
    np.add.at(matrix, (y_test, predicted), 1)
    return {
        "train": tree.score(X_train, y_train),
        "test": tree.score(X_test, y_test),
        "matrix": matrix,
    }


@alternative("q9", id="meshgrid")
def decision_mesh(predict, X, step=0.1, margin=1.0):
    X = np.asarray(X, dtype=float)
    xs = np.arange(X[:, 0].min() - margin, X[:, 0].max() + margin, step)
    ys = np.arange(X[:, 1].min() - margin, X[:, 1].max() + margin, step)
    across, up = np.meshgrid(xs, ys)
    labels = predict(np.c_[across.ravel(), up.ravel()])
    return xs, ys, np.reshape(labels, across.shape)


@alternative("q9", id="row_by_row")
def decision_mesh(predict, X, step=0.1, margin=1.0):
    X = np.array(X)
    low, high = X.min(0) - margin, X.max(0) + margin
    n = np.ceil(np.round((high - low) / step, 6)).astype(int)
    xs, ys = (low[i] + step * np.arange(n[i]) for i in (0, 1))
    return xs, ys, [predict(np.column_stack([xs, np.full(n[0], y)])) for y in ys]
