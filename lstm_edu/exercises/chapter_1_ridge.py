"""Chapter 1: where gradients vanish, where they explode, and how little lies between."""

import numpy as np

from lstm_edu.exercises.exercise import Exercise, Mistake


def fate(recurrent_kernel, *, size=lambda u: np.abs(np.linalg.eigvals(u)).max()):
    """Return what becomes of the powers of a matrix, told by a measure of its size."""
    measured = size(recurrent_kernel)
    return "neither" if abs(measured - 1) < 1e-6 else "vanishes" if measured < 1 else "explodes"


def draw_matrices(random):
    """Draw matrices that no shortcut tells apart: stretched, turned, shrunk in all but one way."""

    def turned(matrix):
        q, _ = np.linalg.qr(random.normal(size=(len(matrix),) * 2))
        return q @ matrix @ q.T

    def rotation(angle):
        return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

    shear = random.uniform(3, 5)
    orthogonal, _ = np.linalg.qr(random.normal(size=(4, 4)))
    matrices = [
        turned(np.array([[0.5, shear], [0.0, -0.6]])),
        turned(np.diag([random.uniform(1.1, 1.2), 0.1, 0.2])),
        (1 + random.choice([-3e-7, 3e-7])) * rotation(random.uniform(0.6, 0.9)),  # as if rounded
        random.uniform(1.1, 1.15) * rotation(random.uniform(0.7, 0.9)),
        random.uniform(0.8, 0.9) * orthogonal,
        turned(np.diag([random.uniform(-1.3, -1.2), 0.3, -0.4])),
        turned(np.diag([random.uniform(1.8, 2.0), 0.3])),
        turned(np.diag([random.uniform(1.9, 2.1), 0.7])),
    ]
    return [(matrices[k],) for k in random.permutation(len(matrices))]


def ridge(steps, factor):
    """Return the smallest and the largest u > 0 for which 1/factor ≤ u**steps ≤ factor."""
    return factor ** (-1 / steps), factor ** (1 / steps)


def draw_ridges(random):
    """Draw numbers of steps, and factors."""
    return [(int(random.integers(20, 150)), float(random.uniform(5, 50))) for _ in range(3)]


EXERCISES = (
    Exercise(
        name="1.4",
        title="Vanishes, explodes, or neither",
        answer="fate",
        level=2,
        points=2,
        reference=fate,
        draw=draw_matrices,
        mistakes=(
            Mistake(
                "You go by the largest entry of the matrix; what a power of it does is decided "
                "elsewhere.",
                lambda u: fate(u, size=lambda m: np.abs(m).max()),
            ),
            Mistake(
                "You go by the determinant: it tells what becomes of a volume, and a volume can"
                " shrink "
                "while one direction grows.",
                lambda u: fate(u, size=lambda m: abs(np.linalg.det(m))),
            ),
            Mistake(
                "You go by the smallest eigenvalue: in the end the largest leaves it behind.",
                lambda u: fate(u, size=lambda m: np.abs(np.linalg.eigvals(m)).min()),
            ),
            Mistake(
                "You go by how far one step can stretch (the largest singular value): a step "
                "may stretch, "
                "and the next take it back.",
                lambda u: fate(u, size=lambda m: np.linalg.norm(m, 2)),
            ),
            Mistake(
                "You go by the norm of all entries together: it grows with the size of the matrix.",
                lambda u: fate(u, size=np.linalg.norm),
            ),
            Mistake(
                "You compare eigenvalues with their signs or real parts: one of −2, or a "
                "complex one, "
                "stretches by its absolute value.",
                lambda u: fate(u, size=lambda m: np.linalg.eigvals(m).real.max()),
            ),
            Mistake(
                "You have the two the wrong way round.",
                lambda u: {"vanishes": "explodes", "explodes": "vanishes"}.get(fate(u), "neither"),
            ),
            Mistake(
                "You never say neither: allow for a little rounding where the size is 1.",
                lambda u: {"neither": "vanishes"}.get(fate(u), fate(u)),
            ),
            Mistake(
                "You never say neither: allow for a little rounding where the size is 1.",
                lambda u: {"neither": "explodes"}.get(fate(u), fate(u)),
            ),
        ),
    ),
    Exercise(
        name="1.5",
        title="How narrow is the ridge?",
        answer="ridge",
        level=2,
        points=2,
        reference=ridge,
        draw=draw_ridges,
        mistakes=(
            Mistake(
                "You give the larger one first.",
                lambda steps, factor: ridge(steps, factor)[::-1],
            ),
            Mistake(
                "You give what is left after all steps, not the u that leaves it.",
                lambda steps, factor: (1 / factor, factor),
            ),
            Mistake(
                "You multiply by the factor at every step: turn it round, which u gives it "
                "after all steps?",
                lambda steps, factor: (float(factor) ** -steps, float(factor) ** steps),
            ),
            Mistake(
                "You share the factor out evenly over the steps; but steps multiply, they do "
                "not add.",
                lambda steps, factor: (1 / factor / steps, factor / steps),
            ),
            Mistake(
                "You share the change out evenly over the steps; but steps multiply, they do "
                "not add.",
                lambda steps, factor: (1 - (1 - 1 / factor) / steps, 1 + (factor - 1) / steps),
            ),
            Mistake(
                "Your lower end is right; the upper one is its mirror image at 1, and the ridge"
                " is not "
                "symmetrical.",
                lambda steps, factor: (ridge(steps, factor)[0], 2 - ridge(steps, factor)[0]),
            ),
            Mistake(
                "Your upper end is right; the lower one is its mirror image at 1, and the ridge"
                " is not "
                "symmetrical.",
                lambda steps, factor: (2 - ridge(steps, factor)[1], ridge(steps, factor)[1]),
            ),
            Mistake(
                "Your ends are 1 ∓ ln(factor)/steps: that comes near where there are many steps, "
                "and is no root.",
                lambda steps, factor: (1 - np.log(factor) / steps, 1 + np.log(factor) / steps),
            ),
            Mistake(
                "You mix two logarithms: what was taken to base 10 must be undone to base 10.",
                lambda steps, factor: (
                    np.exp(-np.log10(factor) / steps),
                    np.exp(np.log10(factor) / steps),
                ),
            ),
            Mistake(
                "You count one step too few: u enters at each of them.",
                lambda steps, factor: ridge(steps - 1, factor),
            ),
        ),
    ),
)
