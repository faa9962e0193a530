import { routes, UploadItem } from '@vesalius/contracts'
import { z } from 'zod'
import { urlOf } from '../../api/call.ts'
import { ApiProblem, problemFrom } from '../../api/problem.ts'
import { type FileResult, goesInPieces, type SendFiles } from './upload-queue.ts'

const Answer = z.object({ items: z.array(UploadItem) })

/** Small files together, a large one in pieces; how to do that is loaded when the first large file comes. */
export const sendFiles: SendFiles = async (projectId, files, options) => {
  const [first] = files
  if (!first || !goesInPieces(first.file)) return sendTogether(projectId, files, options)
  const { sendInPieces } = await import('./send-in-pieces.ts')
  return [await sendInPieces(projectId, first, options)]
}

/** Sends over XMLHttpRequest, which alone tells how much has gone out. */
const sendTogether: SendFiles = (projectId, files, { onSent, signal }) =>
  new Promise<FileResult[]>((resolve, reject) => {
    const form = new FormData()
    for (const { file, label } of files) {
      if (label !== undefined) form.append('label', label)
      form.append('file', file, file.name)
    }
    const request = new XMLHttpRequest()
    request.open(
      'POST',
      urlOf(routes.uploadImages, { params: { projectId }, query: { duplicates: files[0]?.duplicates } }),
    )
    request.responseType = 'json'
    request.upload.onprogress = (event) => onSent(event.loaded)
    request.onerror = () => reject(new ApiProblem('OFFLINE', 0))
    request.onabort = () => reject(new ApiProblem('OFFLINE', 0))
    request.onload = () => {
      const answer = Answer.safeParse(request.response)
      if (!answer.success) return reject(problemFrom(request.status, request.response))
      resolve(answer.data.items.map((item) => ('image' in item ? { ok: true } : { ok: false, problem: item.error })))
    }
    signal.addEventListener('abort', () => request.abort())
    request.send(form)
  })
