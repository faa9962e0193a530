import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

const MOST_STOPS = 60

interface Focus {
  isThere: boolean
  /** What has the focus, for the message of a failure. */
  name: string
  isSeen: boolean
  isCovered: boolean
}

/**
 * Goes on with Tab until the focus is on something; at each stop it can be seen where the focus is (WCAG 2.4.7), and
 * nothing lies over it (2.4.11).
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor({ state: 'attached' })
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if ((await lookAtFocus(target)).isThere) return
    await page.keyboard.press('Tab')
    await expectFocus(page)
  }
  throw new Error(`the Tab key does not lead to ${target}`)
}

/** Where the focus is can be seen, and nothing lies over it. */
export async function expectFocus(page: Page): Promise<void> {
  const look = () => lookAtFocus(page.locator('body'))
  // Behind the last stop lies the browser itself.
  if ((await look()).name === 'BODY') return
  // Borders take a moment to change their colour.
  const trouble = async () => {
    const { name, isSeen, isCovered } = await look()
    return isSeen && !isCovered ? '' : `${isCovered ? 'covered' : 'not seen'}: ${name}`
  }
  await expect.poll(trouble, { timeout: 20_000, interval: 40 }).toBe('')
}

const lookAtFocus = (target: Locator): Promise<Focus> =>
  target.first().evaluate((wanted) => {
    const active = document.activeElement ?? document.body
    const name = active === document.body ? 'BODY' : active.outerHTML.slice(0, 160)
    const probe = document.createElement('span')
    probe.style.color = 'var(--mantine-primary-color-filled)'
    document.body.append(probe)
    const accent = getComputedStyle(probe).color
    probe.remove()
    const isMarked = (element: Element) => {
      const { outlineStyle, outlineWidth, borderTopColor, borderTopWidth } = getComputedStyle(element)
      const hasRing = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
      return hasRing || (Number.parseFloat(borderTopWidth) > 0 && borderTopColor === accent)
    }
    // What a hidden input stands for is drawn beside it or around it.
    const { nextElementSibling, parentElement } = active
    const around: Element[] = []
    for (let at = parentElement; at && around.length < 4; at = at.parentElement) around.push(at)
    const isTiny = active.getBoundingClientRect().width < 4
    const drawn = [active, ...(nextElementSibling ? [nextElementSibling] : []), ...around]
    const box = (isTiny ? (nextElementSibling ?? parentElement ?? active) : active).getBoundingClientRect()
    const over = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20))
    const holder = active.closest('label, li, div') ?? active
    return {
      isThere: wanted === active,
      name,
      isSeen: drawn.some(isMarked),
      isCovered: !over || !(holder.contains(over) || over.contains(active)),
    }
  })
