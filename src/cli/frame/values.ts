import { InvalidArgumentError } from 'commander'

/** A parser for options that take a whole number of a range. */
export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= minimum && value <= maximum) return value
    throw new InvalidArgumentError(`It takes a whole number from ${minimum} to ${maximum}.`)
  }
}
