import type { Metrics } from '@vesalius/contracts'

/** Standard errors above chance. One is little: small sets must pass, and shuffled ones stay out five times in six. */
const LEAST = 1

/**
 * Whether a training could tell apart what it was taught, on images it put aside itself: Cohen's kappa of its confusion
 * matrix lies at least one standard error above zero. Labels that have nothing to do with their images fail here, however
 * lucky the network is elsewhere. True where nothing was measured, or the images hold one class only, or for other tasks.
 * Source: Cohen, A coefficient of agreement for nominal scales, 1960; its standard error under chance by Fleiss, Cohen and
 * Everitt, 1969.
 */
export function hasLearned(metrics: Metrics | null): boolean {
  if (metrics?.kind !== 'classification' || metrics.images === 0) return true
  const { confusion, images } = metrics
  const rows = confusion.map((row) => row.reduce((sum, count) => sum + count, 0) / images)
  const columns = confusion.map((_, place) => confusion.reduce((sum, row) => sum + (row[place] ?? 0), 0) / images)
  if (rows.filter((share) => share > 0).length < 2) return true
  const observed = confusion.reduce((sum, row, place) => sum + (row[place] ?? 0), 0) / images
  const products = rows.map((row, place) => row * (columns[place] ?? 0))
  const chance = products.reduce((sum, product) => sum + product, 0)
  const spread = products.reduce(
    (sum, product, place) => sum + product * ((rows[place] ?? 0) + (columns[place] ?? 0)),
    0,
  )
  const deviation = Math.sqrt(Math.max(0, (chance + chance ** 2 - spread) / images))
  return observed - chance >= LEAST * deviation && observed > chance
}
