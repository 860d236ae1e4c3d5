/** Whether a text is a decimal number; Number() alone would also take blanks, 0x10 and Infinity. */
export function isNumber(text: string): boolean {
  return /^\s*[+-]?(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\s*$/.test(text) && Number.isFinite(Number(text))
}
