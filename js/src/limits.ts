/** How much a figure takes on; the same numbers as in lstm_edu/figures/base.py. */

/** Characters of a text: each further one must be answered within a frame. */
export const LONGEST_TEXT = 400;
/** Time steps and units; an address may name no number above. */
export const MOST = 10_000;
