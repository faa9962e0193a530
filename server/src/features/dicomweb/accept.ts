/** One kind of answer that a caller takes (RFC 9110 section 12.5.1, DICOM PS3.18 section 8.7). */
export interface Acceptable {
  /** Of the parts, where several are wanted as one. */
  mediaType: string
  /** Null: the usual one, which is uncompressed. */
  transferSyntax: string | null
}

const ANY: Acceptable = { mediaType: '*/*', transferSyntax: '*' }
const MOST = 30

/** In the order of the header; without one, or in a query `accept`, everything. */
export function readAccept(header: string | undefined, query?: unknown): Acceptable[] {
  const text = typeof query === 'string' && query !== '' ? query : (header ?? '')
  if (text.trim() === '') return [ANY]
  return splitOutside(text, ',')
    .slice(0, MOST)
    .flatMap((entry) => {
      const [type = '', ...parameters] = splitOutside(entry, ';').map((part) => part.trim())
      const known = new Map(
        parameters.map((parameter) => {
          const [name = '', ...rest] = parameter.split('=')
          return [name.trim().toLowerCase(), rest.join('=').trim().replace(/^"|"$/g, '')] as const
        }),
      )
      if (known.get('q') === '0') return []
      const mediaType = type.toLowerCase()
      const inner = mediaType === 'multipart/related' ? (known.get('type') ?? '*/*').toLowerCase() : mediaType
      const isAny = inner === '*/*' || inner === 'multipart/*'
      return [
        { mediaType: isAny ? '*/*' : inner, transferSyntax: known.get('transfer-syntax') ?? (isAny ? '*' : null) },
      ]
    })
}

export function accepts(acceptable: readonly Acceptable[], ...mediaTypes: string[]): boolean {
  return acceptable.some(
    ({ mediaType }) =>
      mediaType === '*/*' ||
      mediaTypes.includes(mediaType) ||
      (mediaType.endsWith('/*') && mediaTypes.some((type) => type.startsWith(mediaType.slice(0, -1)))),
  )
}

function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = ['']
  let isQuoted = false
  for (const letter of text.slice(0, 4000)) {
    if (letter === '"') isQuoted = !isQuoted
    if (letter === separator && !isQuoted) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts.filter((part) => part.trim() !== '')
}
