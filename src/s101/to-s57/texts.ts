import { type AttributeNode, valueNamed } from '../attribute-node.ts'
import type { S57Attributes } from './s57-attributes.ts'
import { isTrue } from './values.ts'

const isEnglish = (language: string): boolean => language === 'eng' || language === 'en'
const languageOf = ({ children }: AttributeNode): string => valueNamed(children, 'language').toLowerCase()

/** Whether a name is the one to display; editions before 1.2 say it by `displayName`, and a name without either is. */
function isDisplayed({ children }: AttributeNode): boolean {
  const usage = valueNamed(children, 'nameUsage')
  if (usage !== '') return usage === '1'
  const displayed = valueNamed(children, 'displayName')
  return displayed === '' || isTrue(displayed)
}

/** OBJNAM: the English name, else the one to display, else the first. NOBJNM: the first name in another language. */
export function addNames(nodes: readonly AttributeNode[], result: S57Attributes): void {
  if (nodes.length === 1) {
    result.add('OBJNAM', valueNamed(nodes[0]!.children, 'name'))
    return
  }
  const chosen = nodes.find((node) => isEnglish(languageOf(node))) ?? nodes.find(isDisplayed) ?? nodes[0]!
  result.add('OBJNAM', valueNamed(chosen.children, 'name'))
  const other = nodes.find((node) => node !== chosen && languageOf(node) !== languageOf(chosen))
  if (other !== undefined) result.setNational('NOBJNM', valueNamed(other.children, 'name'))
}

/** INFORM and TXTDSC for English texts and those without a language, NINFOM and NTXTDS for the others. The headline comes first. */
export function addTexts(nodes: readonly AttributeNode[], result: S57Attributes): void {
  for (const node of nodes) {
    const { children } = node
    const language = languageOf(node)
    const isNational = language !== '' && !isEnglish(language)
    const text = [valueNamed(children, 'headline'), valueNamed(children, 'text')].filter((part) => part !== '').join('\n')
    if (text !== '') result.note(text, isNational)
    const file = valueNamed(children, 'fileReference')
    if (file === '') continue
    if (isNational) result.setNational('NTXTDS', file)
    else result.add('TXTDSC', file)
  }
}
