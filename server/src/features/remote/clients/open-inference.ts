import { z } from 'zod'
import { openSentPicture, readSentPicture } from '../remote-picture.ts'
import { callServer, modelPath, shown, unusable } from './call-server.ts'
import type { Client } from './client.ts'
import { readTensors } from './read-tensors.ts'
import { OutputTensor, TensorFacts, toTensor } from './tensor.ts'

const Metadata = z.looseObject({
  name: z.string().optional(),
  versions: z.array(z.string()).nullish(),
  inputs: z.array(TensorFacts).nullish(),
})
const Inference = z.looseObject({
  model_name: z.string().optional(),
  model_version: z.string().nullish(),
  outputs: z.array(OutputTensor).min(1).max(64),
})

/** Servers of the Open Inference Protocol version 2 over HTTP: Triton, KServe, MLServer, OpenVINO, and this program. */
export const openInference: Client = {
  async ask(parts, question) {
    const { project, image, frame, server } = question
    const { model, tensors } = server.settings
    const base = /\/v2\/?$/.test(server.settings.url ?? '') ? '' : '/v2'
    const at = `${base}/models/${modelPath(model)}`
    const metadata = Metadata.safeParse((await callServer(parts, question, at)).json())
    if (!metadata.success) throw unusable('it says nothing of its model', metadata.error.message)
    const png = await readSentPicture(await openSentPicture(parts, image, { picture: 'png', frame }))
    const { tensor, width, height } = await toTensor(png, metadata.data.inputs?.[0], tensors)
    const body = JSON.stringify({ inputs: [tensor] })
    const answer = (await callServer(parts, question, `${at}/infer`, { body })).json()
    const inference = Inference.safeParse(answer)
    if (!inference.success) throw unusable('it has no outputs', answer)
    const { outputs, model_name: name, model_version: version } = inference.data
    const told = { outputs, project, image, tensors, sent: { width, height } }
    const stated = (name ?? model ?? 'model').slice(0, 120)
    return {
      answer: {
        predictions: [readTensors(told)],
        model: { name: stated, ...(version ? { version: version.slice(0, 120) } : {}) },
      },
      said: shown({
        inputs: metadata.data.inputs,
        outputs: outputs.map((output) => ({ ...output, data: output.data.slice(0, 12) })),
      }),
    }
  },
}
