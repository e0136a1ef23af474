# %% [markdown]
# # A classifier in Keras
#
# Two questions on Keras, which runs on torch here: prepare images, then build and train a model.

# %%
import os

os.environ["KERAS_BACKEND"] = "torch"  # before keras is imported

import keras
import numpy as np

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ## Question 1: Prepare
#
# Pixels are whole numbers from 0 to 255; the network wants single-precision numbers from 0 to 1,
# one row an image. Labels become rows with one 1 each.

# %% [raw]
# # BEGIN SOLUTION


# %%
def prepare(images, labels, classes):
    """Return what a classifier is trained on.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, height, width)
    labels : ndarray of int, shape (n,)
    classes : int

    Returns
    -------
    x : ndarray of float32, shape (n, height * width)
    y : ndarray of float32, shape (n, classes)
    """
    # BEGIN SOLUTION
    x = images.reshape(len(images), -1).astype("float32") / 255
    return x, keras.utils.to_categorical(labels, classes).astype("float32")
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_prepare_one(prepare):
    """An image of 0 and 255 becomes a row of 0 and 1."""
    x, y = prepare(np.array([[[0, 255]]], dtype=np.uint8), np.array([2]), 3)
    close(x, np.array([[0, 1]], dtype=np.float32))
    close(y, np.array([[0, 0, 1]], dtype=np.float32))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_prepare_fresh(prepare, rng):
    """Fresh images and labels, in single precision."""
    images = rng.integers(0, 256, size=(5, 3, 4)).astype(np.uint8)
    labels = rng.integers(0, 6, size=5)
    expected = reference.prepare(images, labels, 6)
    got = prepare(images, labels, 6)
    close(got, expected)
    assert [part.dtype == np.float32 for part in got] == [True, True], "the dtype differs"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: Build and train
#
# `build_model` has one hidden Dense layer with relu and a Dense layer with softmax. `train`
# compiles it with Adam (learning rate 0.01) and categorical cross-entropy, fits it, and returns the
# loss of each epoch.

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_model(inputs, units, classes):
    """Return a keras.Sequential of two Dense layers, not compiled."""
    # BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.layers.Input((inputs,)),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )
    # END SOLUTION


def train(model, x, y, epochs):
    """Return the losses of the epochs, a list of floats."""
    # BEGIN SOLUTION
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="categorical_crossentropy")
    return model.fit(x, y, epochs=epochs, batch_size=8, verbose=0).history["loss"]
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_rows_sum_to_one(build_model):
    """Each row that the model predicts sums to 1."""
    model = build_model(4, 5, 3)
    close(model.predict(np.ones((2, 4)), verbose=0).sum(axis=1), [1, 1], atol=1e-5)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_layers(build_model):
    """The layers, their activations and the number of parameters."""
    model = build_model(7, 6, 4)
    assert isinstance(model, keras.Sequential), "the result is no keras.Sequential"
    close(probes.layers(model), [["Dense", "relu"], ["Dense", "softmax"]])
    close(model.count_params(), 7 * 6 + 6 + 6 * 4 + 4)
    close(len(model.layers), 2)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_predicts_as_its_weights(build_model, rng):
    """The model predicts what its own weights say."""
    model = build_model(5, 4, 3)
    x = rng.normal(size=(6, 5)).astype(np.float32)
    w1, b1, w2, b2 = model.get_weights()
    scores = np.exp(np.maximum(x @ w1 + b1, 0) @ w2 + b2)
    expected = scores / scores.sum(axis=1, keepdims=True)
    close(model.predict(x, verbose=0), expected, atol=1e-5)
    # Called, it answers with a tensor.
    close(model(x), expected, atol=1e-5)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_training(build_model, train, rng):
    """Two epochs on separable points lower the loss, and the model has changed."""
    probes.seed(3)
    labels = rng.integers(0, 2, size=64)
    x = rng.normal(size=(64, 4)).astype(np.float32) + 2 * labels[:, None].astype(np.float32)
    model = build_model(4, 8, 2)
    before = model.get_weights()[0].copy()
    losses = train(model, x, np.eye(2, dtype=np.float32)[labels], 2)
    close(len(losses), 2)
    assert losses[1] < losses[0], "the loss does not fall"
    assert np.abs(model.get_weights()[0] - before).max() > 1e-3, "the weights have not moved"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
