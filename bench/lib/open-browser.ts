import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

/** WebGL without a graphics card. */
const WEBGL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']

/** Builds the web where it is out of date; a server that runs already would not find the new files. */
export function buildWeb(): void {
  const build = fileURLToPath(new URL('../../web/scripts/build-when-stale.ts', import.meta.url))
  execFileSync(process.execPath, [build], { stdio: 'inherit' })
}

/** VESALIUS_CHROMIUM, or /usr/bin/chromium, without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.VESALIUS_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-sync', ...WEBGL],
  })
}
