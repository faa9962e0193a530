/** A long article in Chinese and English, made from a seed: headings, paragraphs, lists, tables and formulas. */
export function writeArticle({ bytes, seed }: { bytes: number; seed: number }): string {
  const random = randomOf(seed)
  const parts: string[] = []
  let size = 0
  for (let chapter = 1; size < bytes; chapter += 1) {
    const part = chapterOf(chapter, random)
    parts.push(part)
    size += Buffer.byteLength(part)
  }
  return parts.join('')
}

const ENGLISH =
  'nodule opacity margin spiculation density lesion lobe vessel airway pleura effusion calcification growth diameter volume window reader consensus follow up contrast phase artefact slice thickness'.split(
    ' ',
  )
const CHINESE = [
  ...['结节', '毛刺', '分叶', '胸膜', '牵拉', '磨玻璃', '实性', '钙化', '直径', '体积', '倍增', '随访', '增强', '薄层'],
  ...['边缘', '清晰', '模糊', '血管', '支气管', '征象', '良性', '恶性', '标注', '审核', '读片', '图像', '窗宽', '窗位'],
]

function chapterOf(number: number, random: () => number): string {
  const paragraphs = Array.from({ length: 4 + Math.floor(random() * 8) }, () => paragraphOf(random))
  const table = `| ${words(ENGLISH, 3, ' | ', random)} |\n|---|---|---|\n| ${words(CHINESE, 3, ' | ', random)} |\n\n`
  const formula = `$$\nV = \\frac{4}{3} \\pi r^{${number}}\n$$\n\n`
  const head = `${number % 8 === 1 ? '#' : '##'} ${number} ${words(ENGLISH, 3, ' ', random)} ${words(CHINESE, 3, '', random)}\n\n`
  return head + paragraphs.join('') + (number % 3 === 0 ? table : '') + (number % 5 === 0 ? formula : '')
}

function paragraphOf(random: () => number): string {
  const sentences = Array.from({ length: 3 + Math.floor(random() * 5) }, () =>
    random() < 0.5
      ? `${words(ENGLISH, 8 + Math.floor(random() * 10), ' ', random)}. `
      : `${words(CHINESE, 8 + Math.floor(random() * 10), '', random)}。`,
  )
  return `${sentences.join('')}\n\n`
}

const words = (from: readonly string[], count: number, between: string, random: () => number) =>
  Array.from({ length: count }, () => from[Math.floor(random() * from.length)]).join(between)

/** mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
