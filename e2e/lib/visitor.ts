import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeData, type ServerProcess, startServer } from '@vesalius/bench/server-process'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { inject } from 'vitest'
import { openBrowser } from './browser.ts'

export interface Look {
  language: 'en' | 'zh'
  theme: 'light' | 'dark'
}

/** A person at a browser in front of a server of their own. */
export interface Visitor {
  server: ServerProcess
  browser: Browser
  page: Page
  /** Script errors and refused requests of the page's own security policy, which should never happen. */
  crashes: string[]
  leave(): Promise<void>
}

export async function visit(environment: Record<string, string> = {}): Promise<Visitor> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'vesalius-'))
  await cp(inject('freshData'), dataDirectory, { recursive: true })
  const server = await startServer({ dataDirectory, environment })
  const browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
  const page = await context.newPage()
  const crashes: string[] = []
  page.on('pageerror', (error) => crashes.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|Minified React error/.test(message.text())) crashes.push(message.text())
  })
  const visitor: Visitor = {
    server,
    browser,
    page,
    crashes,
    leave: async () => {
      await browser.close()
      await visitor.server.stop()
      await removeData(visitor.server)
    },
  }
  return visitor
}

export const PERSON = { username: 'ada', email: 'ada@example.org', password: 'a long password' }

/** Makes the first account through the form. */
export async function register({ page, server }: Visitor): Promise<void> {
  await page.goto(server.url)
  await page.getByLabel('User name').fill(PERSON.username)
  await page.getByLabel('Email').fill(PERSON.email)
  await page.locator('input[type=password]').fill(PERSON.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('button', { name: 'Try the samples' }).waitFor()
}

/** Trainings that the page starts end after so many seconds, one after the other. */
export async function cutTrainings(page: Page, seconds: readonly number[] = [3]): Promise<void> {
  const left = [...seconds]
  await page.route('**/runs', (route) => {
    const next = route.request().method() === 'POST' ? left.shift() : undefined
    return route.continue(next === undefined ? {} : { postData: JSON.stringify({ budgetMinutes: next / 60 }) })
  })
}

/** Another window of the same person, in a language and a theme. */
export async function openLook({ browser, page }: Visitor, look: Look, signedIn = true): Promise<BrowserContext> {
  const storageState = signedIn ? await page.context().storageState() : undefined
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...(storageState ? { storageState: { ...storageState, origins: [] } } : {}),
  })
  await context.addInitScript(({ language, theme }) => {
    localStorage.setItem('vesalius.language', language)
    localStorage.setItem('vesalius.theme', theme)
  }, look)
  return context
}
