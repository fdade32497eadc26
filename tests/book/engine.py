"""The page's engine at work: a trained network that reads, character by character."""

import json

from building import ROOT

MODEL = ROOT / "lstm_edu" / "models" / "shakespeare.json"
LINE = "To be, or not to be: that is the question:"

#: Reads a line from its first character, again and again; each character is answered with what may
#: follow. Takes turns with the matrix products that no engine can do without, written plainly.
READ = """([data, line, rounds, times]) => {
    const { readModel, encode, read, answer } = lstmEdu.modules.model;
    const network = readModel(data);
    const ids = encode(network, line);
    let last;
    const ours = () => {
        let reading = null;
        for (let t = 0; t < ids.length; t += 1) {
            reading = read(network, ids.slice(0, t + 1), reading);
            last = answer(network, reading, t);
        }
    };
    const { cells: [{ inputs, units, kernel, recurrentKernel }], head: [dense] } = network;
    const product = (vector, matrix, z) => {
        const columns = z.length;
        for (let row = 0; row < vector.length; row += 1) {
            const value = vector[row];
            for (let column = 0; column < columns; column += 1) {
                z[column] += value * matrix[row * columns + column];
            }
        }
    };
    const x = new Float64Array(inputs).fill(0.1), h = new Float64Array(units).fill(0.1);
    const z = new Float64Array(4 * units), y = new Float64Array(dense.bias.length);
    const floor = () => {
        for (let t = 0; t < ids.length; t += 1) {
            z.fill(0);
            y.fill(0);
            product(x, kernel, z);
            product(h, recurrentKernel, z);
            product(h, dense.kernel, y);
        }
    };
    const seconds = (work) => {
        const begin = performance.now();
        for (let time = 0; time < times; time += 1) work();
        return (performance.now() - begin) / 1000 / times / ids.length;
    };
    [ours, floor].forEach(seconds);
    const found = { ours: [], floor: [] };
    for (let round = 0; round < rounds; round += 1) {
        found.ours.push(seconds(ours));
        found.floor.push(seconds(floor));
    }
    return { ...found, last: [...last] };
}"""


def read_line(page, line=LINE, rounds=5, times=10):
    """Let a page's engine read a line, and return how long it takes.

    Parameters
    ----------
    page
        With a live figure on it.
    line : str
        What to read.
    rounds, times : int
        How often it is timed, and how often it reads the line each time.

    Returns
    -------
    ours, floor : list of float
        Seconds a character, of each round: of the engine, and of the network's matrix products
        alone, as a plain loop in the same page.
    last : list of float
        What it expects after the line: a probability for each character.
    """
    model = json.loads(MODEL.read_text("utf-8"))
    found = page.evaluate(READ, [model, line, rounds, times])
    return found["ours"], found["floor"], found["last"]
