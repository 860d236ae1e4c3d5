/** Units around a tile that are drawn too: half a symbol of 32 pixels. */
export const TILE_BUFFER = 128
