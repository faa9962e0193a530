import { z } from 'zod'
import { ErrorCode } from './errors.ts'
import { OrganisationId, OwnArchiveId } from './ids.ts'
import { OrganisationRole } from './rights.ts'
import { Timestamp } from './time.ts'

/** What happens to what somebody has when their account goes, told before. */
export const Farewell = z
  .object({
    /** Of their own projects, the bin included: removed for good. */
    projects: z.int(),
    images: z.int(),
    bytes: z.int(),
    models: z.int(),
    /** Other people who see images of those projects now. */
    peopleSharedWith: z.int(),
    /** Images of others that they annotated, and of organisations that they uploaded: these stay, without their name. */
    annotatedElsewhere: z.int(),
    uploadedElsewhere: z.int(),
    organisations: z.array(
      z.object({
        id: OrganisationId,
        name: z.string(),
        role: OrganisationRole,
        /** Nobody else would decide there: it must be handed over or ended first. */
        isLastOwner: z.boolean(),
      }),
    ),
    /** Nobody else runs the installation. */
    isLastAdministrator: z.boolean(),
    /** What has to be done first; null when the account can go. */
    obstacle: ErrorCode.nullable(),
  })
  .meta({ id: 'Farewell' })
export type Farewell = z.infer<typeof Farewell>

/** A zip of all that is somebody's; kept for a week. */
export const OwnArchive = z
  .object({
    id: OwnArchiveId,
    state: z.enum(['pending', 'ready', 'failed']),
    byteSize: z.int().nullable(),
    createdAt: Timestamp,
    endsAt: Timestamp,
  })
  .meta({ id: 'OwnArchive' })
export type OwnArchive = z.infer<typeof OwnArchive>
