import { createHash, randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  AnnotationImportId,
  AnnouncementId,
  ClassEditId,
  CommentId,
  ComparisonId,
  DicomPushId,
  DicomSourceId,
  DownloadId,
  ExportId,
  ImageId,
  ImportId,
  InvitationId,
  MessageId,
  ModelVersionId,
  OrganisationId,
  OrganisationRole,
  OwnArchiveId,
  PasskeyId,
  ProjectId,
  ReadingId,
  RemoteJobId,
  RunId,
  SavedFilterId,
  SessionId,
  StudyId,
  TokenId,
  TopicId,
  UserId,
  WebhookDeliveryId,
  WebhookId,
  WorkerTokenId,
} from '@vesalius/contracts'
import { DEFAULT_ALGORITHM, emptyLabel, RemoteSettings } from '@vesalius/contracts'
import { sql } from 'kysely'
import { json } from '../db/json.ts'
import type { ImageRow } from '../db/tables.ts'
import { startThread } from '../features/threads/threads.ts'
import { WAITING } from '../features/training/start-run.ts'
import { newId } from '../ids.ts'
import { sliceDicom } from './dicom.ts'
import { insertArticle } from './insert-article.ts'
import { signUp, type TestApp } from './test-app.ts'
import { projectOf, uploadImage } from './uploads.ts'

/** A person of each kind that rights tell apart, in organisation A or outside of it. */
export const CALLERS = [
  'owner',
  'admin',
  'reviewer',
  'annotator',
  'viewer',
  'editor',
  'outsider',
  'anonymous',
  'administrator',
] as const
export type Caller = (typeof CALLERS)[number]

export interface People {
  headers: Record<Caller, Record<string, string>>
  ids: Record<Exclude<Caller, 'anonymous'>, UserId>
  /** An image with a file, whose facts the images of each world take over. */
  picture: ImageRow
}

const MEMBERS: readonly OrganisationRole[] = ['owner', 'admin', 'reviewer', 'annotator', 'viewer']

export async function openPeople(test: TestApp): Promise<People> {
  const headers = { anonymous: {} } as People['headers']
  const ids = {} as People['ids']
  for (const caller of ['administrator', ...CALLERS.filter((each) => each !== 'administrator')] as const) {
    if (caller === 'anonymous') continue
    headers[caller] = await signUp(test.app, `the-${caller}`)
    const me = await test.app.inject({ url: '/api/v1/me', headers: headers[caller] })
    ids[caller] = me.json().id
  }
  const project = await projectOf(test.app, headers.administrator, 1001)
  const { id } = await uploadImage(test.app, headers.administrator, project)
  const picture = await test.context.db.selectFrom('images').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return { headers, ids, picture }
}

export type World = Record<string, string>

/** A fresh organisation with one of each thing in it, by the names that paths give them. */
export async function makeWorld({ context, dataDirectory }: TestApp, { ids, picture }: People): Promise<World> {
  const { db } = context
  const organisationId = newId<OrganisationId>()
  const [projectId, imageId, runId] = [newId<ProjectId>(), newId<ImageId>(), newId<RunId>()]
  const [modelVersionId, tokenId, downloadId] = [newId<ModelVersionId>(), newId<TokenId>(), newId<DownloadId>()]
  const importId = newId<ImportId>()
  const exportId = newId<ExportId>()
  const commentId = newId<CommentId>()
  const comparisonId = newId<ComparisonId>()
  const filterId = newId<SavedFilterId>()
  const editId = newId<ClassEditId>()
  const studyId = newId<StudyId>()
  const invitationId = newId<InvitationId>()
  const invitationToken = randomBytes(32).toString('base64url')
  const guest = newId<UserId>()
  await db
    .insertInto('users')
    .values({ id: guest, name: guest, email: `${guest}@example.org`, emailVerified: true, role: 'user' } as never)
    .execute()
  await db
    .insertInto('organisations')
    .values({
      id: organisationId,
      name: 'A',
      quota_storage_bytes: null,
      quota_active_runs: null,
      created_by: ids.owner,
    })
    .execute()
  await db
    .insertInto('organisation_members')
    .values([
      ...MEMBERS.map((role) => ({ organisation_id: organisationId, user_id: ids[role], role })),
      { organisation_id: organisationId, user_id: guest, role: 'viewer' as const },
    ])
    .execute()
  await db
    .insertInto('organisation_invitations')
    .values({
      id: invitationId,
      organisation_id: organisationId,
      email: null,
      role: 'viewer',
      secret_hash: createHash('sha256').update(invitationToken).digest('hex'),
      invited_by: ids.owner,
      expires_at: sql<Date>`now() + interval '1 day'`,
    })
    .execute()
  await db
    .insertInto('projects')
    .values({
      id: projectId,
      name: 'P',
      task_type: 1001,
      classes: json(['no', 'yes']),
      algorithm: json(DEFAULT_ALGORITHM),
      owner_id: ids.owner,
      organisation_id: organisationId,
      serving_model_id: null,
      last_training_at: null,
      deleted_at: null,
    })
    .execute()
  await db
    .insertInto('images')
    .values({
      ...picture,
      id: imageId,
      project_id: projectId,
      owner_id: ids.owner,
      editor_count: 1,
      state: 'NORMAL',
      problem: null,
      skip: null,
      label_classes: sql`'{}'`,
      spacing: null,
      deidentification: picture.deidentification && json(picture.deidentification),
    })
    .execute()
  await db
    .insertInto('label_revisions')
    .values({
      image_id: imageId,
      revision: 0,
      data: json(emptyLabel(1001, ['no', 'yes'], 1, 1).data),
      author: json({ kind: 'none' as const }),
    })
    .execute()
  await db
    .insertInto('image_editors')
    .values({ image_id: imageId, user_id: ids.editor, project_id: projectId, added_by: ids.owner })
    .execute()
  await db
    .insertInto('runs')
    .values({
      id: runId,
      project_id: projectId,
      kind: 'training',
      trigger: 'person',
      scope: 'whole',
      state: 'pending',
      budget_minutes: 1,
      progress: json(WAITING),
      metrics: null,
      error: null,
      model_version_id: null,
      image_count: null,
      data_set_hash: null,
      created_by: ids.owner,
      started_at: null,
      finished_at: null,
    })
    .execute()
  const modelUri = 'model.onnx'
  await writeFile(join(dataDirectory, modelUri), 'x')
  const olderId = newId<ModelVersionId>()
  await db
    .insertInto('model_versions')
    .values(
      [modelVersionId, olderId].map((id, index) => ({
        id,
        project_id: projectId,
        run_id: null,
        number: 2 - index,
        state: 'candidate',
        classes: json(['no', 'yes']),
        metrics: null,
        lineage: null,
        imported: null,
        uri: modelUri,
        byte_size: 1,
        sha256: '',
      })),
    )
    .execute()
  await db
    .insertInto('servings')
    .values(
      [olderId, modelVersionId].map((id, index) => ({
        ...{ project_id: projectId, model_version_id: id, reason: 'promote' as const, by_id: ids.owner },
        ...{ number: index + 1, place: index + 1 },
      })),
    )
    .execute()
  await db
    .insertInto('comparisons')
    .values({
      ...{ id: comparisonId, project_id: projectId, first_id: olderId, second_id: modelVersionId },
      ...{ state: 'pending', result: null, error: null },
    })
    .execute()
  await db
    .insertInto('downloads')
    .values({ id: downloadId, user_id: ids.owner, project_id: projectId, image_ids: json([imageId]) })
    .execute()
  await db
    .insertInto('api_tokens')
    .values({
      id: tokenId,
      user_id: ids.owner,
      name: 't',
      secret_hash: randomBytes(32).toString('hex'),
      expires_at: null,
      last_used_at: null,
    })
    .execute()
  const passkeyId = newId<PasskeyId>()
  await db
    .insertInto('passkeys')
    .values({
      ...{ id: passkeyId, user_id: ids.owner, name: 'p', credential_id: passkeyId, public_key: '', sign_count: 0 },
      ...{ transports: [], is_synced: false, last_used_at: null },
    })
    .execute()
  await db
    .insertInto('saved_filters')
    .values({ id: filterId, user_id: ids.owner, project_id: projectId, name: 'f', query: 'q' })
    .execute()
  const after = ['no', 'yes'].map((name, was) => ({ name, was, takes: [], colour: null }))
  await db
    .insertInto('class_edits')
    .values({
      ...{
        id: editId,
        project_id: projectId,
        author_id: ids.owner,
        scheme: 0,
        state: 'done',
        problem: null,
        undoes: null,
      },
      ...{ before: json(['no', 'yes']), colours_before: json([]), history_before: json([]), after: json(after) },
    })
    .execute()
  await db
    .insertInto('algorithm_versions')
    .values({
      project_id: projectId,
      version: 1,
      algorithm: json(DEFAULT_ALGORITHM),
      changes: json([]),
      author_id: ids.owner,
      restored_from: null,
      created_at: new Date(),
    })
    .execute()
  await db
    .insertInto('review_comments')
    .values({
      id: commentId,
      image_id: imageId,
      parent_id: null,
      author_id: ids.owner,
      text: 'look',
      place: null,
      resolved_at: null,
      resolved_by: null,
    })
    .execute()
  const [messageId, topicId] = [newId<MessageId>(), newId<TopicId>()]
  const none = { organisation_id: null, image_id: null, article_id: null, place: null }
  await db
    .insertInto('message_topics')
    .values({ id: topicId, kind: 'people', first_id: messageId, ...none })
    .execute()
  await db.insertInto('message_topic_people').values({ topic_id: topicId, user_id: ids.owner }).execute()
  await db
    .insertInto('messages')
    .values({ id: messageId, topic_id: topicId, author_id: ids.owner, text: 'look' })
    .execute()
  await db.transaction().execute((trx) => startThread(trx, messageId, new Date()))
  await db
    .insertInto('studies')
    .values({
      id: studyId,
      project_id: projectId,
      name: 's',
      is_blind: true,
      shows_guess: false,
      created_by: ids.owner,
      closed_at: null,
    })
    .execute()
  await db.insertInto('study_readers').values({ study_id: studyId, user_id: guest, finished_at: null }).execute()
  await db
    .insertInto('readings')
    .values({
      id: newId<ReadingId>(),
      study_id: studyId,
      image_id: imageId,
      project_id: projectId,
      reader_id: guest,
      class_scheme: 0,
      data: json(emptyLabel(1001, ['no', 'yes'], 1, 1).data),
      submitted_at: new Date(),
    })
    .execute()
  await db
    .insertInto('imports')
    .values({
      id: importId,
      project_id: projectId,
      created_by: ids.owner,
      kind: 'files',
      source: 'files',
      duplicates: 'skip',
      state: 'pending',
      total: null,
      error: null,
      started_at: null,
      finished_at: null,
    } as never)
    .execute()
  await db
    .insertInto('exports')
    .values({
      id: exportId,
      project_id: projectId,
      user_id: ids.owner,
      request: json({ format: 'coco', content: 'annotations', images: false, filter: {} } as const),
      state: 'succeeded',
      progress: json({ done: 1, total: 1 }),
      result: null,
      problem: null,
      uri: modelUri,
      finished_at: null,
    })
    .execute()
  await db
    .insertInto('annotation_imports')
    .values({
      id: importId as unknown as AnnotationImportId,
      project_id: projectId,
      user_id: ids.owner,
      format: 'coco',
      files: json([]),
      choices: json({ classes: {}, addClasses: false, replace: false, content: 'annotations' }),
      state: 'reading',
      progress: json({ done: 0, total: 0 }),
      report: null,
      problem: null,
      finished_at: null,
    })
    .execute()
  const slice = newId<ImageId>()
  await db
    .insertInto('images')
    .values({
      ...{ ...picture, ...{ id: slice, project_id: projectId, owner_id: ids.owner, name: 'slice.dcm', type: 'dcm' } },
      ...{
        uri: `users/${slice}.dcm`,
        state: 'NORMAL',
        problem: null,
        skip: null,
        spacing: null,
        deidentification: null,
      },
      label_classes: sql`'{}'`,
      content_hash: slice,
    })
    .execute()
  await db
    .insertInto('label_revisions')
    .values({
      image_id: slice,
      revision: 0,
      data: json(emptyLabel(1001, ['no', 'yes'], 1, 1).data),
      author: json({ kind: 'none' as const }),
    })
    .execute()
  await mkdir(join(dataDirectory, 'users'), { recursive: true })
  await writeFile(join(dataDirectory, `users/${slice}.dcm`), sliceDicom())
  const [dicomSourceId, sharedSourceId] = [newId<DicomSourceId>(), newId<DicomSourceId>()]
  await db
    .insertInto('dicom_sources')
    .values(
      [dicomSourceId, sharedSourceId].map((id) => ({
        ...{ id, project_id: id === dicomSourceId ? projectId : null, name: 'PACS', url: 'http://127.0.0.1:9' },
        ...{ auth: 'none' as const, sealed_secret: null, created_by: ids.owner },
      })),
    )
    .execute()
  const dicomPushId = newId<DicomPushId>()
  await db
    .insertInto('dicom_pushes')
    .values({
      ...{ id: dicomPushId, project_id: projectId, source_id: dicomSourceId, source_name: 'PACS', user_id: ids.owner },
      ...{ request: json({ format: 'dicom-sr' as const, filter: {} }), state: 'pending', result: null, problem: null },
      ...{ progress: json({ done: 0, total: 0 }), finished_at: null },
    })
    .execute()
  const [workerTokenId, organisationTokenId] = [newId<WorkerTokenId>(), newId<WorkerTokenId>()]
  await db
    .insertInto('worker_tokens')
    .values(
      [workerTokenId, organisationTokenId].map((id) => ({
        ...{ id, name: 'w', secret_hash: randomBytes(32).toString('hex'), created_by: ids.owner, expires_at: null },
        ...(id === workerTokenId
          ? { project_id: projectId, organisation_id: null }
          : { project_id: null, organisation_id: organisationId }),
      })),
    )
    .execute()
  const remoteJobId = newId<RemoteJobId>()
  await db
    .insertInto('remote_servers')
    .values({
      project_id: projectId,
      version: 1,
      settings: json(RemoteSettings.parse({ kind: 'worker' })),
      sealed_bearer: null,
    })
    .execute()
  await db
    .insertInto('remote_jobs')
    .values({
      ...{ id: remoteJobId, project_id: projectId, kind: 'prelabel', image_id: imageId, run_id: null },
      ...{ server_version: 1, state: 'waiting', expires_at: null },
    })
    .execute()
  const [webhookId, deliveryId] = [newId<WebhookId>(), newId<WebhookDeliveryId>()]
  await db
    .insertInto('webhooks')
    .values({
      ...{ id: webhookId, project_id: projectId, organisation_id: null, name: 'h', url: 'http://127.0.0.1:9/' },
      ...{ events: json(['image.uploaded'] as const), sealed_secrets: json([]), off: null, from_seq: 0 },
      created_by: ids.owner,
    } as never)
    .execute()
  await db
    .insertInto('webhook_deliveries')
    .values({ id: deliveryId, webhook_id: webhookId, seq: 1, type: 'image.uploaded', body: '{}', state: 'failed' })
    .execute()
  const article = await insertArticle(db, { projectId, authorId: ids.owner })
  const sessionId = newId<SessionId>()
  await sql`INSERT INTO auth_sessions (id, "expiresAt", token, "updatedAt", "userId")
    VALUES (${sessionId}, now() + interval '1 day', ${sessionId}, now(), ${ids.owner})`.execute(db)
  const announcementId = newId<AnnouncementId>()
  await db
    .insertInto('announcements')
    .values({
      ...{ id: announcementId, english: 'a', chinese: '', tone: 'information', created_by: null },
      ...{ starts_at: new Date(), ends_at: null },
    })
    .execute()
  const archiveId = newId<OwnArchiveId>()
  await db
    .insertInto('own_archives')
    .values({ id: archiveId, user_id: ids.owner, state: 'ready', byte_size: 1 })
    .execute()
  await mkdir(join(dataDirectory, 'own-archives'), { recursive: true })
  await writeFile(join(dataDirectory, `own-archives/${archiveId}.zip`), 'x')
  return {
    ...{ dicomSourceId, sharedSourceId, dicomPushId, remoteStudyUid: '1.2.3' },
    ...{ studyUid: '1.2.3', seriesUid: '1.2.3.1', instanceUid: '1.2.3.1.1', frameList: '1' },
    archiveId,
    announcementId,
    ...article,
    revision: '1',
    contentHash: '0'.repeat(64),
    file: '512.webp',
    frame: '0',
    level: '0',
    position: '0',
    remoteJobId,
    workerTokenId,
    webhookId,
    deliveryId,
    organisationTokenId,
    column: '0',
    row: '0',
    studyId,
    sessionId,
    exportId,
    importId,
    uploadId: importId,
    commentId,
    messageId,
    comparisonId,
    olderId,
    version: '1',
    filterId,
    passkeyId,
    editId,
    organisationId,
    projectId,
    imageId,
    runId,
    modelVersionId,
    downloadId,
    tokenId,
    invitationId,
    invitationToken,
    userId: guest,
  }
}
