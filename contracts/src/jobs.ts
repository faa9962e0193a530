import { z } from 'zod'
import {
  AnnotationImportId,
  ClassEditId,
  ComparisonId,
  DicomPushId,
  ExportId,
  ImageId,
  ImportId,
  MailId,
  OwnArchiveId,
  ProjectId,
  RemoteJobId,
  RunId,
  UserId,
  WebhookId,
} from './ids.ts'

/** One entry per job name: its payload and how it is retried. Payloads are ids, never pixels. */
export const JOBS = {
  'prelabel-image': {
    /** `isFallback`: a remote server did not answer, so the project's own model is asked. */
    payload: z.strictObject({ imageId: ImageId, isFallback: z.boolean().optional() }),
    retryLimit: 3,
    expireInSeconds: 660,
  },
  /** Queues the images of a project that nobody annotated. */
  'prelabel-project': {
    payload: z.strictObject({ projectId: ProjectId }),
    retryLimit: 5,
    expireInSeconds: 600,
  },
  /** Carries a change of classes into the labels of a project. */
  'edit-classes': {
    payload: z.strictObject({ editId: ClassEditId }),
    retryLimit: 10,
    expireInSeconds: 86_000,
  },
  /** Mails a link to a new password, if there is such an account. */
  'recover-account': {
    payload: z.strictObject({ email: z.string().max(254) }),
    retryLimit: 5,
    expireInSeconds: 60,
  },
  /** Removes for good what an account that is gone owned. */
  'delete-account': {
    payload: z.strictObject({ userId: UserId }),
    retryLimit: 20,
    expireInSeconds: 21_600,
  },
  'gather-own-data': {
    payload: z.strictObject({ archiveId: OwnArchiveId }),
    retryLimit: 3,
    expireInSeconds: 21_600,
  },
  'send-mail': {
    payload: z.strictObject({ mailId: MailId }),
    retryLimit: 8,
    expireInSeconds: 60,
  },
  'import-images': {
    payload: z.strictObject({ importId: ImportId }),
    retryLimit: 5,
    expireInSeconds: 86_000,
  },
  'train-model': {
    payload: z.strictObject({ runId: RunId, projectId: ProjectId }),
    retryLimit: 5,
    expireInSeconds: 86_000,
  },
  /** A training that is done elsewhere: here it only waits. */
  'train-elsewhere': {
    payload: z.strictObject({ runId: RunId, projectId: ProjectId }),
    retryLimit: 5,
    expireInSeconds: 86_000,
  },
  /** Sends an image to a remote server. */
  'push-image': {
    payload: z.strictObject({ remoteJobId: RemoteJobId }),
    retryLimit: 8,
    expireInSeconds: 120,
  },
  /** Sends what a webhook has to say now. */
  'send-webhook': {
    payload: z.strictObject({ webhookId: WebhookId }),
    retryLimit: 2,
    expireInSeconds: 300,
  },
  'export-annotations': {
    payload: z.strictObject({ exportId: ExportId }),
    retryLimit: 3,
    expireInSeconds: 21_600,
  },
  /** Sends annotations to a DICOMweb server. */
  'push-objects': {
    payload: z.strictObject({ pushId: DicomPushId }),
    retryLimit: 3,
    expireInSeconds: 21_600,
  },
  /** Reads the headers of DICOM files that came before they were looked at, for who searches them. */
  'index-dicom': {
    payload: z.strictObject({ projectId: ProjectId }),
    retryLimit: 3,
    expireInSeconds: 21_600,
  },
  /** Reads the files and tells what they would change. */
  'read-annotations': {
    payload: z.strictObject({ importId: AnnotationImportId }),
    retryLimit: 3,
    expireInSeconds: 3600,
  },
  'write-annotations': {
    payload: z.strictObject({ importId: AnnotationImportId }),
    retryLimit: 5,
    expireInSeconds: 21_600,
  },
  /** Puts images in the order in which they are worth annotating. */
  'rank-images': {
    payload: z.strictObject({ projectId: ProjectId }),
    retryLimit: 2,
    expireInSeconds: 1800,
  },
  /** Measures what first guesses were worth to those who corrected them. */
  'measure-worth': {
    payload: z.strictObject({ projectId: ProjectId }),
    retryLimit: 2,
    expireInSeconds: 1800,
  },
  /** Measures two model versions on the held-out images. */
  'compare-models': {
    payload: z.strictObject({ comparisonId: ComparisonId }),
    retryLimit: 2,
    expireInSeconds: 3600,
  },
} as const

export type JobName = keyof typeof JOBS
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]['payload']>
