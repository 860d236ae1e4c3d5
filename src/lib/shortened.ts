/**
 * An untrusted text cut to a length that logs, reports and regular expressions can cope with.
 * @param most in UTF-16 code units; a longer text ends in "...".
 */
export function shortened(text: string, most = 500): string {
  return text.length <= most ? text : `${text.slice(0, most - 3).toWellFormed()}...`
}
