import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * What keeps people with other eyes or hands from using a page, one line each, by the rules of axe; `within`: only what lies
 * in there.
 */
export async function findBarriers(page: Page, within?: string): Promise<string[]> {
  // Colours that are still on their way are no one's colours.
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished))
  })
  const builder = new AxeBuilder({ page })
  const { violations } = await (within ? builder.include(within) : builder).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))
}
