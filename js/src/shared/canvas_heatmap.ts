/** Cells painted on a canvas, crisp at every pixel density: one pixel a cell first, then enlarged without smoothing. */

export interface Cells {
  readonly columns: number;
  readonly rows: number;
  /** The colour of a cell, as `shadesOf` gives it. */
  readonly colourAt: (column: number, row: number) => number;
}

/** How large cells are drawn, in CSS pixels; each a whole number of the screen's own pixels. */
export interface CellSize {
  readonly width: number;
  readonly height: number;
}

/** The size of cells that fill about `width` × `height` and are at least `least` wide. */
export function cellSize(
  { columns, rows }: { columns: number; rows: number },
  width: number,
  height: number,
  { least, density }: { least: number; density: number },
): CellSize {
  const across = Math.max(Math.ceil(least * density), Math.floor((width * density) / columns));
  const down = Math.max(1, Math.round((height * density) / rows));
  return { width: across / density, height: down / density };
}

/** What a canvas is enlarged from, kept for its next painting: one pixel a cell. */
interface Miniature {
  readonly canvas: HTMLCanvasElement;
  readonly image: ImageData;
  readonly pixels: Uint32Array;
}
const miniatures = new WeakMap<HTMLCanvasElement, Miniature>();

/** One pixel a cell; null where the browser gives no canvas. */
function miniature(whole: HTMLCanvasElement, { columns, rows, colourAt }: Cells): HTMLCanvasElement | null {
  let small = miniatures.get(whole);
  if (small?.image.width !== columns || small.image.height !== rows) {
    const pixels = new Uint32Array(columns * rows);
    const image = new ImageData(new Uint8ClampedArray(pixels.buffer), columns, rows);
    small = { canvas: document.createElement("canvas"), image, pixels };
    [small.canvas.width, small.canvas.height] = [columns, rows];
    miniatures.set(whole, small);
  }
  const { canvas, image, pixels } = small;
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) pixels[at++] = colourAt(column, row);
  }
  const context = canvas.getContext("2d");
  context?.putImageData(image, 0, 0);
  return context && canvas;
}

/** Paints cells over a whole canvas of `width` × `height` CSS pixels; `smooth` where they are smaller than a pixel. */
export function paintCells(canvas: HTMLCanvasElement, cells: Cells, width: number, height: number, smooth = false): void {
  const density = Math.max(1, devicePixelRatio);
  const [across, down] = [Math.round(width * density), Math.round(height * density)];
  // To set its size, even the same, empties a canvas and makes it anew.
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  const small = context && miniature(canvas, cells);
  if (!small) return;
  context.imageSmoothingEnabled = smooth;
  context.imageSmoothingQuality = "medium";
  context.drawImage(small, 0, 0, across, down);
}
