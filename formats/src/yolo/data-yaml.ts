import { because } from '@vesalius/contracts'
import { FormatError } from '../shape/problems.ts'

/** The class names in a `data.yaml`: a list or a map of numbers, in a line or below each other. Throws FormatError. */
export function readClassNames(text: string): string[] {
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex((line) => /^names\s*:/.test(line))
  if (start < 0) throw new FormatError(because`data.yaml names no classes`)
  const inline = stripComment((lines[start] ?? '').replace(/^names\s*:/, '')).trim()
  const names: string[] = []
  const add = (entry: string, isMap: boolean) => {
    const found = isMap ? /^\s*["']?(\d{1,4})["']?\s*:\s*(.*)$/.exec(entry) : null
    if (isMap && !found) throw new FormatError(because`data.yaml: "${entry.trim()}" is no numbered name`)
    names[found ? Number(found[1]) : names.length] = unquote((found?.[2] ?? entry).trim())
  }
  if (inline !== '') {
    const isMap = inline.startsWith('{')
    if (!/^(\[.*\]|\{.*\})$/s.test(inline)) throw new FormatError(because`data.yaml: the names cannot be read`)
    for (const entry of splitFlow(inline.slice(1, -1))) add(entry, isMap)
  } else {
    for (const line of lines.slice(start + 1)) {
      const entry = stripComment(line)
      if (entry.trim() === '') continue
      if (/^\s*-\s/.test(entry)) add(entry.replace(/^\s*-\s/, ''), false)
      else if (/^\s+\S/.test(entry)) add(entry, true)
      else break
    }
  }
  if (names.length > 1000) throw new FormatError(because`data.yaml names more than 1000 classes`)
  return Array.from(names, (name, index) => name ?? `class ${index}`)
}

function splitFlow(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,"'])+/g)?.filter((entry) => entry.trim() !== '') ?? []
}

function stripComment(line: string): string {
  const found = /^((?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^"'#]|(?<=\S)#)*?)\s#.*$/.exec(line)
  return found?.[1] ?? line
}

function unquote(value: string): string {
  if (/^'.*'$/s.test(value)) return value.slice(1, -1).replaceAll("''", "'")
  if (!/^".*"$/s.test(value)) return value
  try {
    return String(JSON.parse(value))
  } catch (cause) {
    throw new FormatError(because`data.yaml: ${value} cannot be read`, { cause })
  }
}
