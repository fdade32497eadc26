"""Typical wrong answers to the exercises of chapter 4, and what is to be said of each."""

WRONG = {
    "4.1": [
        ("by the value", 'steepest_first = "CBAED"'),
        ("by the size of the value", 'steepest_first = "CDBAE"'),
        ("from the flattest on", 'steepest_first = "A C B D E"'),
        ("slope of a gate for all five", 'steepest_first = "BCAED"'),
        ("slope of tanh for all five", 'steepest_first = ["E", "A", "B", "D", "C"]'),
        ("tanh has a steeper one", 'steepest_first = "BEDCA"'),
        ("each of the five letters once", 'steepest_first = "E"'),
    ],
    "4.2": [
        (
            "the gate f itself",
            """
def initial_bias(half_lives):
    bias = np.zeros((4, len(half_lives)))
    bias[1] = 0.5 ** (1 / half_lives)
    return bias.ravel()
""",
        ),
        (
            "applied the sigmoid",
            """
def initial_bias(half_lives):
    n = len(half_lives)
    return np.concatenate([np.zeros(n), sigmoid(0.5 ** (1 / half_lives)), np.zeros(2 * n)])
""",
        ),
        (
            "1/e is left",
            """
def initial_bias(half_lives):
    n = len(half_lives)
    f = np.exp(-1 / half_lives)
    return np.concatenate([np.zeros(n), np.log(f / (1 - f)), np.zeros(2 * n)])
""",
        ),
        (
            "lives T steps on average",
            """
def initial_bias(half_lives):
    n = len(half_lives)
    return np.concatenate([np.zeros(n), np.log(half_lives - 1), np.zeros(2 * n)])
""",
        ),
        (
            "block of g",
            """
def initial_bias(half_lives):
    n = len(half_lives)
    f = 0.5 ** (1 / half_lives)
    bias = np.zeros(4 * n)
    bias[2 * n : 3 * n] = np.log(f / (1 - f))
    return bias
""",
        ),
        (
            "block of i",
            """
def initial_bias(half_lives):
    f = 0.5 ** (1 / half_lives)
    bias = np.zeros(4 * len(f))
    bias[: len(f)] = np.log(f) - np.log(1 - f)
    return bias
""",
        ),
        (
            "All four blocks",
            """
def initial_bias(half_lives):
    f = 0.5 ** (1 / half_lives)
    return np.tile(np.log(f / (1 - f)), 4)
""",
        ),
        (
            "change with every number",
            """
def initial_bias(half_lives):
    f = 0.5 ** (1 / half_lives)
    bias = np.zeros(4 * len(f))
    bias[1::4] = np.log(f / (1 - f))
    return bias
""",
        ),
        (
            "block of f alone",
            """
def initial_bias(half_lives):
    f = 0.5 ** (1 / half_lives)
    return np.log(f / (1 - f))
""",
        ),
        (
            "nearly shut",
            """
def initial_bias(half_lives):
    f = 0.5 ** (1 / half_lives)
    bias = np.zeros((4, len(f)))
    bias[1] = np.log((1 - f) / f)
    return bias.ravel()
""",
        ),
        (
            "in equal portions",
            """
def initial_bias(half_lives):
    bias = np.zeros((4, len(half_lives)))
    bias[1] = np.log(2 * half_lives - 1)
    return bias.ravel()
""",
        ),
        (
            "A logarithm alone",
            """
def initial_bias(half_lives):
    bias = np.zeros((4, len(half_lives)))
    bias[1] = np.log(0.5) / half_lives
    return bias.ravel()
""",
        ),
        (
            "off for a short one",
            """
def initial_bias(half_lives):
    bias = np.zeros((4, len(half_lives)))
    bias[1] = np.log(half_lives / np.log(2))
    return bias.ravel()
""",
        ),
    ],
    "4.3": [
        (
            "it overflows",
            """
def cross_entropy(logits, classes):
    q = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(q[np.arange(len(classes)), classes]).mean()
""",
        ),
        (
            "it overflows",
            """
def cross_entropy(logits, classes):
    total = np.log(np.exp(logits).sum(axis=1))
    return (total - logits[np.arange(len(classes)), classes]).mean()
""",
        ),
        (
            "a small number",
            """
def cross_entropy(logits, classes):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    q = e / e.sum(axis=1, keepdims=True)
    return -np.log(q[np.arange(len(classes)), classes] + 1e-9).mean()
""",
        ),
        (
            "a small number",
            """
def cross_entropy(logits, classes):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    q = np.clip(e / e.sum(axis=1, keepdims=True), 1e-7, 1)
    return -np.log(q[np.arange(len(classes)), classes]).mean()
""",
        ),
        (
            "sum over the predictions",
            """
def cross_entropy(logits, classes):
    z = logits - logits.max(axis=1, keepdims=True)
    return (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), classes]).sum()
""",
        ),
        (
            "number of all logits",
            """
def cross_entropy(logits, classes):
    z = logits - logits.max(axis=1, keepdims=True)
    log_q = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -(np.eye(z.shape[1])[classes] * log_q).mean()
""",
        ),
        (
            "in bits",
            """
def cross_entropy(logits, classes):
    z = logits - logits.max(axis=1, keepdims=True)
    log_q = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_q[np.arange(len(z)), classes].mean() / np.log(2)
""",
        ),
        (
            "runs over the batch",
            """
def cross_entropy(logits, classes):
    z = logits - logits.max(axis=0)
    log_q = z - np.log(np.exp(z).sum(axis=0))
    return -log_q[np.arange(len(z)), classes].mean()
""",
        ),
        (
            "in one of the two terms",
            """
def cross_entropy(logits, classes):
    z = logits - logits.max(axis=1, keepdims=True)
    total = np.log(np.exp(z).sum(axis=1))
    return (total - logits[np.arange(len(classes)), classes]).mean()
""",
        ),
        (
            "The sign",
            """
def cross_entropy(logits, classes):
    z = logits - logits.max(axis=1, keepdims=True)
    return (z[np.arange(len(z)), classes] - np.log(np.exp(z).sum(axis=1))).mean()
""",
        ),
        (
            "the softmax was rounded to 0",
            """
def cross_entropy(logits, classes):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    q = e / e.sum(axis=1, keepdims=True)
    return -np.log(q[np.arange(len(classes)), classes]).mean()
""",
        ),
        (
            "each row by its own",
            """
def cross_entropy(logits, classes):
    z = logits - logits.max()
    total = np.log(np.exp(z).sum(axis=1))
    return (total - z[np.arange(len(classes)), classes]).mean()
""",
        ),
    ],
    "4.4": [
        (
            "slope of the gate's curve is missing",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    return (dc_next + dh * o * (1 - np.tanh(c) ** 2)) * c_before
""",
        ),
        (
            "You take f for z",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    dc = dc_next + dh * o * (1 - np.tanh(c) ** 2)
    return dc * c_before * sigmoid(f) * (1 - sigmoid(f))
""",
        ),
        (
            "the state after it",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    dc = dc_next + dh * o * (1 - np.tanh(c) ** 2)
    return dc * c * f * (1 - f)
""",
        ),
        (
            "only the conveyor",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    return dc_next * c_before * f * (1 - f)
""",
        ),
        (
            "only h",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    return dh * o * (1 - np.tanh(c) ** 2) * c_before * f * (1 - f)
""",
        ),
        (
            "stands tanh",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    return (dc_next + dh * o) * c_before * f * (1 - f)
""",
        ),
        (
            "stands the output gate",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    return (dc_next + dh * (1 - np.tanh(c) ** 2)) * c_before * f * (1 - f)
""",
        ),
        (
            "not 1 − c²",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    return (dc_next + dh * o * (1 - c**2)) * c_before * f * (1 - f)
""",
        ),
        (
            "needs no other",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    dc = dc_next * f + dh * o * (1 - np.tanh(c) ** 2)
    return dc * c_before * f * (1 - f)
""",
        ),
        (
            "slope of tanh; the forget gate is a sigmoid",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    return (dc_next + dh * o * (1 - np.tanh(c) ** 2)) * c_before * (1 - f**2)
""",
        ),
        (
            "lacks its square",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    return (dc_next + dh * o * (1 - np.tanh(c))) * c_before * f * (1 - f)
""",
        ),
        (
            "ways are added",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    return dc_next * dh * o * (1 - np.tanh(c) ** 2) * c_before * f * (1 - f)
""",
        ),
        (
            "two more factors",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    return dc_next + dh * o * (1 - np.tanh(c) ** 2)
""",
        ),
        (
            "a factor short",
            """
def forget_gradient(dh, dc_next, f, o, c_before, c):
    return (dc_next + dh * o * (1 - np.tanh(c) ** 2)) * f * (1 - f)
""",
        ),
    ],
    "4.5": [
        (
            "nudge up only",
            """
def measured_gradient(z, c_before, wanted, nudge):
    gradient = np.empty_like(z)
    for place in np.ndindex(z.shape):
        up = z.copy()
        up[place] += nudge
        rise = coupled_loss(up, c_before, wanted) - coupled_loss(z, c_before, wanted)
        gradient[place] = rise / nudge
    return gradient
""",
        ),
        (
            "you divide by one",
            """
def measured_gradient(z, c_before, wanted, nudge):
    gradient = np.empty_like(z)
    for place in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[place] += nudge
        down[place] -= nudge
        rise = coupled_loss(up, c_before, wanted) - coupled_loss(down, c_before, wanted)
        gradient[place] = rise / nudge
    return gradient
""",
        ),
        (
            "two names of one",
            """
def measured_gradient(z, c_before, wanted, nudge):
    gradient = np.empty_like(z)
    for place in np.ndindex(z.shape):
        up = down = z.copy()
        up[place] += nudge
        down[place] -= nudge
        rise = coupled_loss(up, c_before, wanted) - coupled_loss(down, c_before, wanted)
        gradient[place] = rise / (2 * nudge)
    return gradient
""",
        ),
        (
            "stays nudged",
            """
def measured_gradient(z, c_before, wanted, nudge):
    z, gradient = z.copy(), np.empty_like(z)
    for place in np.ndindex(z.shape):
        z[place] += nudge
        above = coupled_loss(z, c_before, wanted)
        z[place] -= 2 * nudge
        below = coupled_loss(z, c_before, wanted)
        gradient[place] = (above - below) / (2 * nudge)
    return gradient
""",
        ),
        (
            "changes its argument z in place",
            """
def measured_gradient(z, c_before, wanted, nudge):
    gradient = np.empty_like(z)
    for place in np.ndindex(z.shape):
        z[place] += nudge
        above = coupled_loss(z, c_before, wanted)
        z[place] -= 2 * nudge
        below = coupled_loss(z, c_before, wanted)
        gradient[place] = (above - below) / (2 * nudge)
    return gradient
""",
        ),
        (
            "nudged at once",
            """
def measured_gradient(z, c_before, wanted, nudge):
    rise = coupled_loss(z + nudge, c_before, wanted) - coupled_loss(z - nudge, c_before, wanted)
    return np.full(z.shape, rise / (2 * nudge))
""",
        ),
        (
            "of your own",
            """
def measured_gradient(z, c_before, wanted, nudge):
    nudge = 1e-6
    gradient = np.empty_like(z)
    for place in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[place] += nudge
        down[place] -= nudge
        rise = coupled_loss(up, c_before, wanted) - coupled_loss(down, c_before, wanted)
        gradient[place] = rise / (2 * nudge)
    return gradient
""",
        ),
        (
            "not divided",
            """
def measured_gradient(z, c_before, wanted, nudge):
    gradient = np.empty_like(z)
    for place in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[place] += nudge
        down[place] -= nudge
        gradient[place] = coupled_loss(up, c_before, wanted) - coupled_loss(down, c_before, wanted)
    return gradient
""",
        ),
        (
            "Put brackets",
            """
def measured_gradient(z, c_before, wanted, nudge):
    gradient = np.empty_like(z)
    for place in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[place] += nudge
        down[place] -= nudge
        rise = coupled_loss(up, c_before, wanted) - coupled_loss(down, c_before, wanted)
        gradient[place] = rise / 2 * nudge
    return gradient
""",
        ),
        (
            "by half of",
            """
def measured_gradient(z, c_before, wanted, nudge):
    gradient = np.empty_like(z)
    for place in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[place] += nudge / 2
        down[place] -= nudge / 2
        rise = coupled_loss(up, c_before, wanted) - coupled_loss(down, c_before, wanted)
        gradient[place] = rise / nudge
    return gradient
""",
        ),
    ],
    "4.6": [
        (
            "It also stands in 1 − f",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = o * np.tanh(c) - wanted
    dc = dh * o * (1 - np.tanh(c) ** 2)
    dz = dc * c_before * f * (1 - f), dc * (1 - f) * (1 - g**2), dh * np.tanh(c) * o * (1 - o)
    return np.stack(dz)
""",
        ),
        (
            "mind the sign",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = o * np.tanh(c) - wanted
    dc = dh * o * (1 - np.tanh(c) ** 2)
    dz_f = dc * (c_before + g) * f * (1 - f)
    return np.stack([dz_f, dc * (1 - f) * (1 - g**2), dh * np.tanh(c) * o * (1 - o)])
""",
        ),
        (
            "is not f",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = o * np.tanh(c) - wanted
    dc = dh * o * (1 - np.tanh(c) ** 2)
    dz_f = dc * (c_before - g) * f * (1 - f)
    return np.stack([dz_f, dc * f * (1 - g**2), dh * np.tanh(c) * o * (1 - o)])
""",
        ),
        (
            "Row 1: that is the slope of a sigmoid",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = o * np.tanh(c) - wanted
    dc = dh * o * (1 - np.tanh(c) ** 2)
    dz_f = dc * (c_before - g) * f * (1 - f)
    return np.stack([dz_f, dc * (1 - f) * g * (1 - g), dh * np.tanh(c) * o * (1 - o)])
""",
        ),
        (
            "not of z",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = o * np.tanh(c) - wanted
    dc = dh * o * (1 - np.tanh(c) ** 2)
    return np.stack([dc * (c_before - g), dc * (1 - f) * (1 - g**2), dh * np.tanh(c)])
""",
        ),
        (
            "stands the output gate",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = o * np.tanh(c) - wanted
    dc = dh * (1 - np.tanh(c) ** 2)
    dz_f = dc * (c_before - g) * f * (1 - f)
    return np.stack([dz_f, dc * (1 - f) * (1 - g**2), dh * np.tanh(c) * o * (1 - o)])
""",
        ),
        (
            "The sign",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = wanted - o * np.tanh(c)
    dc = dh * o * (1 - np.tanh(c) ** 2)
    dz_f = dc * (c_before - g) * f * (1 - f)
    return np.stack([dz_f, dc * (1 - f) * (1 - g**2), dh * np.tanh(c) * o * (1 - o)])
""",
        ),
        (
            "in another",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = o * np.tanh(c) - wanted
    dc = dh * o * (1 - np.tanh(c) ** 2)
    dz_f = dc * (c_before - g) * f * (1 - f)
    return np.stack([dz_f, dh * np.tanh(c) * o * (1 - o), dc * (1 - f) * (1 - g**2)])
""",
        ),
        (
            "a larger f raises c",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = o * np.tanh(c) - wanted
    dc = dh * o * (1 - np.tanh(c) ** 2)
    dz_f = dc * (c_before - g) * f * (1 - f)
    return np.stack([-dz_f, dc * (1 - f) * (1 - g**2), dh * np.tanh(c) * o * (1 - o)])
""",
        ),
        (
            "what does it multiply there",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = o * np.tanh(c) - wanted
    dc = dh * o * (1 - np.tanh(c) ** 2)
    dz_f = dc * (c_before - g) * f * (1 - f)
    return np.stack([dz_f, dc * (1 - f) * (1 - g**2), dh * o * (1 - o)])
""",
        ),
        (
            "not of z_o",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = o * np.tanh(c) - wanted
    dc = dh * o * (1 - np.tanh(c) ** 2)
    dz_f = dc * (c_before - g) * f * (1 - f)
    return np.stack([dz_f, dc * (1 - f) * (1 - g**2), dh * np.tanh(c)])
""",
        ),
        (
            "twice as large",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = 2 * (o * np.tanh(c) - wanted)
    dc = dh * o * (1 - np.tanh(c) ** 2)
    dz_f = dc * (c_before - g) * f * (1 - f)
    return np.stack([dz_f, dc * (1 - f) * (1 - g**2), dh * np.tanh(c) * o * (1 - o)])
""",
        ),
        (
            "its slope is 1 − g²",
            """
def coupled_gradient(z, c_before, wanted):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = o * np.tanh(c) - wanted
    dc = dh * o * (1 - np.tanh(c) ** 2)
    dz_f = dc * (c_before - g) * f * (1 - f)
    dz_g = dc * (1 - f) * (1 - np.tanh(g) ** 2)
    return np.stack([dz_f, dz_g, dh * np.tanh(c) * o * (1 - o)])
""",
        ),
        (
            "as a measurement does",
            """
def coupled_gradient(z, c_before, wanted):
    return measured_gradient(z, c_before, wanted, 1e-5)
""",
        ),
    ],
    "4.7": [
        (
            "shortened by itself",
            """
def clip(kernel, recurrent_kernel, bias, limit):
    def one(g):
        return g * min(1, limit / np.linalg.norm(g))

    return one(kernel), one(recurrent_kernel), one(bias)
""",
        ),
        (
            "cut off by itself",
            """
def clip(kernel, recurrent_kernel, bias, limit):
    return tuple(np.clip(g, -limit, limit) for g in (kernel, recurrent_kernel, bias))
""",
        ),
        (
            "gets longer",
            """
def clip(*arguments):
    *gradients, limit = arguments
    length = np.sqrt(sum((g**2).sum() for g in gradients))
    return tuple(g / length * limit for g in gradients)
""",
        ),
        (
            "the root is missing",
            """
def clip(kernel, recurrent_kernel, bias, limit):
    gradients = kernel, recurrent_kernel, bias
    length = sum((g**2).sum() for g in gradients)
    return tuple(g * min(1, limit / length) for g in gradients)
""",
        ),
        (
            "Add up their squares",
            """
def clip(kernel, recurrent_kernel, bias, limit):
    gradients = kernel, recurrent_kernel, bias
    length = sum(np.linalg.norm(g) for g in gradients)
    return tuple(g * min(1, limit / length) for g in gradients)
""",
        ),
        (
            "largest number for the length",
            """
def clip(kernel, recurrent_kernel, bias, limit):
    gradients = kernel, recurrent_kernel, bias
    largest = max(np.abs(g).max() for g in gradients)
    return tuple(g * min(1, limit / largest) for g in gradients)
""",
        ),
        (
            "upside down",
            """
def clip(kernel, recurrent_kernel, bias, limit):
    gradients = kernel, recurrent_kernel, bias
    length = np.sqrt(sum((g**2).sum() for g in gradients))
    return tuple(g * length / limit if length > limit else g for g in gradients)
""",
        ),
        (
            "to the length 1",
            """
def clip(kernel, recurrent_kernel, bias, limit):
    gradients = kernel, recurrent_kernel, bias
    length = np.sqrt(sum((g**2).sum() for g in gradients))
    return tuple(g / max(1, length) for g in gradients)
""",
        ),
    ],
}

_FATES = {
    "5": "leaks",
    "29": "shuts",
    "123": "arrives",
    "13": "arrives",
    "124": "arrives",
    "97": "leaks",
}
WRONG["4.8"] = [
    (said, f"fates = {_FATES | changed!r}")
    for said, changed in (
        ("how much is left after fifteen", {"5": "arrives"}),
        ("Would more than a tenth arrive", {"5": "shuts"}),
        ("a mean is not a product", {"29": "arrives"}),
        ("leave its smallest factor out", {"29": "leaks"}),
        ("which gate do you look at", {"123": "shuts"}),
        ("but at which step", {"13": "shuts"}),
        ("The input gate decides", {"124": "shuts"}),
        ("one factor is very small", {"97": "shuts"}),
        ("is none of", {"97": "vanishes"}),
    )
]
