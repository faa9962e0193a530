import { parentPort, workerData } from 'node:worker_threads'
import { agreementOf, scoreGold } from '@vesalius/imaging'
import type { AgreementTask } from './agreement-task.ts'

const task = workerData as AgreementTask

parentPort?.postMessage(
  task.kind === 'study'
    ? agreementOf(task.images, task.readers, task.taskType, task.classes)
    : task.people.map((answers) => scoreGold(answers, task.taskType, task.classes)),
)
