import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  // WebGL without a graphics card.
  ...['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const EXECUTABLES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The machine's Chromium: VESALIUS_CHROMIUM, or where distributions put it. */
export const chromiumPath = process.env.VESALIUS_CHROMIUM ?? EXECUTABLES.find((path) => existsSync(path))

export function openBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('no Chromium here: install it, or set VESALIUS_CHROMIUM to its path')
  return chromium.launch({ executablePath: chromiumPath, args: ARGUMENTS })
}

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))

/** Keeps a picture of the page for people to look at, where VESALIUS_PICTURES asks for them. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (!process.env.VESALIUS_PICTURES) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}${name}.png` })
}
