/** Cells painted on a canvas, crisp at every pixel density: one pixel a cell first, then enlarged without smoothing. */

export interface Cells {
  readonly columns: number;
  readonly rows: number;
  /** The colour of a cell, as `shadesOf` gives it. */
  colourAt(column: number, row: number): number;
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

/** One pixel a cell; null where the browser gives no canvas. */
function miniature(cells: Cells): HTMLCanvasElement | null {
  const { columns, rows } = cells;
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  if (!context) return null;
  const pixels = new Uint32Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) pixels[row * columns + column] = cells.colourAt(column, row);
  }
  context.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), columns, rows), 0, 0);
  return canvas;
}

/** Paints cells over a whole canvas of `width` × `height` CSS pixels; `smooth` where they are smaller than a pixel. */
export function paintCells(canvas: HTMLCanvasElement, cells: Cells, width: number, height: number, smooth = false): void {
  const density = Math.max(1, devicePixelRatio);
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  const small = miniature(cells);
  if (!context || !small) return;
  context.imageSmoothingEnabled = smooth;
  context.imageSmoothingQuality = "high";
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
}
