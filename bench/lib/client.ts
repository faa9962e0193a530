import {
  API_PREFIX,
  chosenClass,
  fillPath,
  type Image,
  type ImageType,
  type Project,
  type Run,
  routes,
  type UploadItem,
  writeClassAnswer,
} from '@vesalius/contracts'

export interface UploadFile {
  name: string
  bytes: Uint8Array
  /** Class index of its annotation; without it or `data` the model is asked. */
  value?: number
  /** What its annotation holds, for marks. */
  data?: unknown
  /** What it belongs to: patient, slide. */
  group?: string
}

/** A person with a script: one account, spoken to through HTTP alone. */
export class Client {
  readonly #url: string
  #cookie = ''

  constructor(url: string, cookie = '') {
    this.#url = url
    this.#cookie = cookie
  }

  get cookie(): string {
    return this.#cookie
  }

  /** The same account at another address, as after a restart. */
  at(url: string): Client {
    return new Client(url, this.#cookie)
  }

  async register(username: string): Promise<void> {
    const body = { username, email: `${username}@example.org`, password: 'a long enough password' }
    const response = await this.send('POST', '/auth/register', body)
    this.#cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
  }

  async createProject(name: string, taskType: ImageType, classes: string[]): Promise<Project> {
    return this.json('POST', routes.createProject.path, { name, taskType, classes })
  }

  /** Uploads in one request; answers one item per file, in order. */
  async upload(project: Pick<Project, 'id' | 'taskType' | 'classes'>, files: UploadFile[]): Promise<UploadItem[]> {
    const form = new FormData()
    for (const { name, bytes, value, data: marks, group } of files) {
      if (group !== undefined) form.append('group', group)
      if (value !== undefined) {
        const data = writeClassAnswer(project.taskType, project.classes, chosenClass(project.classes.length, value))
        form.append('label', JSON.stringify({ type: project.taskType, data }))
      }
      if (marks !== undefined) form.append('label', JSON.stringify({ type: project.taskType, data: marks }))
      form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), name)
    }
    const path = fillPath(routes.uploadImages.path, { projectId: project.id })
    const response = await fetch(this.#url + API_PREFIX + path, {
      method: 'POST',
      headers: { cookie: this.#cookie },
      body: form,
    })
    if (response.status !== 201 && response.status !== 422) throw new Error(`upload answered ${response.status}`)
    return ((await response.json()) as { items: UploadItem[] }).items
  }

  async image(imageId: string): Promise<Image> {
    return this.json('GET', fillPath(routes.getImage.path, { imageId }))
  }

  /** Every image of a project that is not in the bin. */
  async images(projectId: string): Promise<Image[]> {
    const all: Image[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor ? `?limit=500&cursor=${encodeURIComponent(cursor)}` : '?limit=500'
      const page: { items: Image[]; nextCursor: string | null } = await this.json(
        'GET',
        fillPath(routes.listImages.path, { projectId }) + query,
      )
      all.push(...page.items)
      cursor = page.nextCursor
    }
    return all
  }

  async train(projectId: string, budgetMinutes: number): Promise<Run> {
    return this.json('POST', fillPath(routes.startRun.path, { projectId }), { budgetMinutes })
  }

  async waitForRun(runId: string, limitMs: number, onChange?: (run: Run) => void): Promise<Run> {
    const end = Date.now() + limitMs
    while (Date.now() < end) {
      const run: Run = await this.json('GET', fillPath(routes.getRun.path, { runId }))
      onChange?.(run)
      if (run.state !== 'pending' && run.state !== 'running') return run
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
    throw new Error('the run did not end in time')
  }

  async json<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    return (await (await this.send(method, path, body)).json()) as Answer
  }

  /** Sends a form; answers whatever the status is. */
  async sendForm(path: string, body: FormData): Promise<Response> {
    return fetch(this.#url + API_PREFIX + path, { method: 'POST', headers: { cookie: this.#cookie }, body })
  }

  /** Sends JSON; answers whatever the status is. `etag`: what is to be changed. */
  async answer(method: string, path: string, body?: unknown, etag?: string): Promise<Response> {
    return fetch(this.#url + API_PREFIX + path, {
      method,
      headers: {
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(etag === undefined ? {} : { 'if-match': etag }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  async send(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await this.answer(method, path, body)
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return response
  }
}
