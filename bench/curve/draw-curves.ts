import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CurveRun } from './curve.bench.ts'

const [WIDTH, HEIGHT] = [640, 340]
const AREA = { left: 56, right: 500, top: 24, bottom: 292 }
const LINE = 16
const COLOURS = ['#146558', '#c98a1f', '#3f6fb5', '#a32d18']

/** Writes `docs/images/learning-curve.svg`: corrected images on a logarithmic axis, share of edits saved above it. */
export function drawCurves(runs: readonly CurveRun[]): void {
  const sizes = [...new Set(runs.map(({ images }) => images))].sort((a, b) => a - b)
  const least = Math.min(0, ...runs.map(({ saved }) => Math.floor(saved * 4) / 4))
  const span = Math.log((sizes.at(-1) ?? 2) / (sizes[0] ?? 1)) || 1
  const x = (images: number) => AREA.left + (Math.log(images / (sizes[0] ?? 1)) / span) * (AREA.right - AREA.left)
  const y = (saved: number) => AREA.bottom - ((saved - least) / (1 - least)) * (AREA.bottom - AREA.top)
  const steps = Array.from({ length: Math.round((1 - least) / 0.25) + 1 }, (_, step) => least + step * 0.25)
  const grid = steps.map(
    (share) =>
      `<path d="M${AREA.left} ${y(share)}H${AREA.right}" stroke="#dbe1df"/><text x="${AREA.left - 8}" y="${y(share) + 4}" text-anchor="end">${Math.round(share * 100)}%</text>`,
  )
  const marks = sizes.map((size) => `<text x="${x(size)}" y="${AREA.bottom + 18}" text-anchor="middle">${size}</text>`)
  const names = [...new Set(runs.map(({ data }) => data))]
  const lastOf = (data: string) =>
    runs.filter((run) => run.data === data).toSorted((a, b) => b.images - a.images)[0]?.saved ?? 0
  const heights = spread(names.map((data) => y(lastOf(data)) + 4))
  const lines = names.map((data, index) => {
    const own = runs.filter((run) => run.data === data).toSorted((a, b) => a.images - b.images)
    const colour = COLOURS[index % COLOURS.length]
    const path = own.map((run, at) => `${at === 0 ? 'M' : 'L'}${x(run.images).toFixed(1)} ${y(run.saved).toFixed(1)}`)
    const dots = own.map(
      (run) => `<circle cx="${x(run.images).toFixed(1)}" cy="${y(run.saved).toFixed(1)}" r="3.5" fill="${colour}"/>`,
    )
    return `<path d="${path.join('')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}<text x="${AREA.right + 12}" y="${heights[index]}" fill="${colour}" font-weight="600">${data} ${Math.round(lastOf(data) * 100)}%</text>`
  })
  const title = '<text x="56" y="14" font-weight="600">Share of the edits that the guesses save</text>'
  const foot = `<text x="${(AREA.left + AREA.right) / 2}" y="${AREA.bottom + 38}" text-anchor="middle">corrected images</text>`
  writeFileSync(
    fileURLToPath(new URL('../../docs/images/learning-curve.svg', import.meta.url)),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#15211f"><title>Share of the edits that the guesses save, after 5 to 100 corrected images</title><rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>${[title, foot, ...grid, ...marks, ...lines].join('')}</svg>\n`,
  )
}

/** Lines of text moved down until none covers another. */
function spread(heights: readonly number[]): number[] {
  const moved = [...heights]
  let least = Number.NEGATIVE_INFINITY
  for (const index of heights.map((_, at) => at).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0))) {
    least = Math.max(heights[index] ?? 0, least + LINE)
    moved[index] = least
  }
  return moved
}
