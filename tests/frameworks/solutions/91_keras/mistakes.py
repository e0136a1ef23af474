from autograder.authoring import mistake


@mistake("q1", id="not_scaled", advice="Look at the largest number in your x.")
def prepare(images, labels, classes):
    x = images.reshape(len(images), -1).astype("float32")
    return x, keras.utils.to_categorical(labels, classes).astype("float32")


@mistake("q2", id="no_softmax", advice="Look at what a row of predictions sums to.")
def build_model(inputs, units, classes):
    return keras.Sequential(
        [
            keras.layers.Input((inputs,)),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(classes),
        ]
    )


@mistake("q2", id="never_fits", advice="Look at the weights before and after.")
def train(model, x, y, epochs):
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="categorical_crossentropy")
    return [model.evaluate(x, y, verbose=0) for _ in range(epochs)]
