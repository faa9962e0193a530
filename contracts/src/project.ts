import { z } from 'zod'
import { ModelVersionId, ProjectId, UserId } from './ids.ts'
import { DuplicateChoice } from './import.ts'
import { ReviewMode } from './review.ts'
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

/** What a person may do with an image or project: everything, see and review all, or see and label what was shared. */
export const Access = z.enum(['owner', 'reviewer', 'editor'])
export type Access = z.infer<typeof Access>

export const Project = z
  .object({
    id: ProjectId,
    name: z.string(),
    taskType: ImageType,
    classes: z.array(z.string()),
    ownerId: UserId,
    /** `editor`: some of its images were shared with the caller, who sees and labels those alone. */
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
