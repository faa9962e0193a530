import { z } from 'zod'
import { ImageId, MessageId, ModelVersionId, ProjectId, StudyId, UserId } from './ids.ts'
import { Image } from './image.ts'
import { Import } from './import.ts'
import { Presence } from './presence.ts'
import { ReviewDecision } from './review.ts'
import { Run } from './run.ts'
import { Person } from './user.ts'

/** What `GET /events` sends: changes the caller may see. The event's name is its `kind`, its data the whole object. */
export const ServerEvent = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('image'), image: Image }),
    z.object({ kind: z.literal('image-removed'), imageId: ImageId, projectId: ProjectId }),
    z.object({ kind: z.literal('run'), run: Run }),
    z.object({ kind: z.literal('import'), import: Import }),
    z.object({ kind: z.literal('model'), projectId: ProjectId, modelVersionId: ModelVersionId }),
    z.object({ kind: z.literal('project'), projectId: ProjectId }),
    z.object({ kind: z.literal('presence'), projectId: ProjectId, imageId: ImageId, items: z.array(Presence) }),
    /** Something was said, changed or deleted in a thread of the hearer's inbox. */
    z.object({ kind: z.literal('message'), messageId: MessageId }),
    /** The same about an image, for those who look at it. */
    z.object({ kind: z.literal('discussion'), projectId: ProjectId, imageId: ImageId }),
    /** The hearer's notifications, or how many are new, changed. */
    z.object({ kind: z.literal('notification') }),
    /** A person submitted a label. */
    z.object({
      kind: z.literal('submitted'),
      projectId: ProjectId,
      imageId: ImageId,
      revision: z.int(),
      author: Person,
    }),
    /** Somebody read an image of a study, or answered a gold image. */
    z.object({ kind: z.literal('reading'), projectId: ProjectId, imageId: ImageId, studyId: StudyId.nullable() }),
    /** A reviewer decided on a label. */
    z.object({
      kind: z.literal('reviewed'),
      projectId: ProjectId,
      imageId: ImageId,
      imageName: z.string(),
      decision: ReviewDecision,
      text: z.string().nullable(),
      reviewer: Person,
      annotatedBy: UserId.nullable(),
    }),
  ])
  .meta({ id: 'ServerEvent' })
export type ServerEvent = z.infer<typeof ServerEvent>
