import { z } from 'zod'
import { ClassColour, PastClasses } from './class-edit.ts'
import { ModelVersionId, OrganisationId, ProjectId, UserId } from './ids.ts'
import { DuplicateChoice } from './import.ts'
import { ReviewMode } from './review.ts'
import { Access } from './rights.ts'
import { ImageType } from './task-type.ts'
import { Timestamp } from './time.ts'

export const ProjectName = z.string().trim().min(1).max(120)

export const ProjectCounts = z
  .object({
    images: z.int(),
    toLabel: z.int(),
    annotated: z.int(),
    /** For each class, in class order: annotated images whose label uses it. */
    annotatedPerClass: z.array(z.int()),
    guessed: z.int(),
    problems: z.int(),
  })
  .meta({ id: 'ProjectCounts', description: 'Images not in the bin, counted by what happened to them.' })

export type ProjectCounts = z.infer<typeof ProjectCounts>

export const Project = z
  .object({
    id: ProjectId,
    name: z.string(),
    taskType: ImageType,
    classes: z.array(z.string()),
    /** Counts the changes of the classes. */
    classScheme: z.int(),
    /** Of each class; null: the colour of its place. */
    classColours: z.array(ClassColour),
    /** Earlier class schemes, the newest last, at most twenty: where what was drawn under them belongs now. */
    pastClasses: z.array(PastClasses.extend({ scheme: z.int() })),
    /** Whether a change of the classes is still being carried into labels: numbers by class are not exact until then. */
    areClassesMoving: z.boolean(),
    /** Who made it; what they may do with an organisation's project depends on their role there alone. */
    ownerId: UserId,
    organisationId: OrganisationId.nullable(),
    /** The caller's role. `editor`: some of its images were shared with them, who see and label those alone. */
    access: Access,
    reviewMode: ReviewMode,
    isDefault: z.boolean(),
    /** Whether what identifies people is removed from files on arrival. */
    deidentifies: z.boolean(),
    /** What happens to a file whose content the project holds already. */
    duplicates: DuplicateChoice,
    servingModelId: ModelVersionId.nullable(),
    counts: ProjectCounts,
    createdAt: Timestamp,
  })
  .meta({ id: 'Project' })
export type Project = z.infer<typeof Project>
