import { z } from 'zod'
import { Problem } from './errors.ts'
import { ClassEditId, ModelVersionId, ProjectId } from './ids.ts'
import { ClassName } from './label.ts'
import { Timestamp } from './time.ts'

/**
 * A project's classes are numbered by their place. Each change of them makes a new class scheme, counted from 0; what was
 * written under an earlier one is read through the map from there to now, so a change is in force at once everywhere.
 */

/** By place under an earlier scheme: the place now; null: the class is gone. */
export const ClassMap = z.array(z.int().min(0).nullable())
export type ClassMap = readonly (number | null)[]

/** A class scheme of before: its names, and where they are now. */
export const PastClasses = z.object({ names: z.array(z.string()), to: ClassMap }).meta({ id: 'PastClasses' })
export type PastClasses = z.infer<typeof PastClasses>

export const ClassColour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/, 'a colour as #rrggbb')
  .nullable()
export type ClassColour = z.infer<typeof ClassColour>

/** One class as it is to be. */
export const EditedClass = z
  .strictObject({
    name: ClassName,
    /** Its place now; null: a new class. */
    was: z.int().min(0).max(999).nullable(),
    /** Places of classes that are merged into it. */
    takes: z.array(z.int().min(0).max(999)).max(1000).default([]),
    /** Null: the one its place has. */
    colour: ClassColour.default(null),
  })
  .meta({ id: 'EditedClass' })
export type EditedClass = z.infer<typeof EditedClass>

/** All classes as they are to be, in order. A class of now that is named nowhere is removed. */
export const ClassEditRequest = z
  .strictObject({
    /** The class scheme that was looked at. */
    scheme: z.int().min(0),
    classes: z
      .array(EditedClass)
      .max(1000)
      .refine(
        (classes) => new Set(classes.map(({ name }) => name)).size === classes.length,
        'class names must differ from each other',
      )
      .refine((classes) => {
        const places = classes.flatMap(({ was, takes }) => [...(was === null ? [] : [was]), ...takes])
        return new Set(places).size === places.length
      }, 'a class of before becomes one class at most'),
  })
  .meta({ id: 'ClassEditRequest' })
export type ClassEditRequest = z.infer<typeof ClassEditRequest>

/** What an edit of the classes would do, in numbers. Images are those outside of the bin. */
export const ClassEditPreview = z
  .object({
    /** Annotated images whose label changes, and those that then answer nothing. */
    annotated: z.int(),
    unanswered: z.int(),
    /** Images nobody annotated whose first guess changes. */
    guessed: z.int(),
    /** Boxes or masks. Above some thousand images counted on a part and scaled up. */
    marks: z.object({ moved: z.int(), removed: z.int(), isEstimate: z.boolean() }),
    /** Frozen images whose label would change: they have to be unfrozen first. */
    frozen: z.int(),
    /** Images kept from training whose label changes, and classes of which none would be left to measure on. */
    heldOut: z.object({ images: z.int(), unmeasured: z.array(z.string()) }),
    /** References and readings that are read under the new classes. */
    references: z.int(),
    readings: z.int(),
    /** Saved filters that name a class that goes. */
    filters: z.int(),
    models: z.array(
      z.object({
        id: ModelVersionId,
        number: z.int(),
        isServing: z.boolean(),
        /** Classes it cannot say. */
        unknown: z.array(z.string()),
        /** Whether it can go on making guesses. */
        isUsable: z.boolean(),
      }),
    ),
    /** Of an undo: labels that get their earlier revision back, and those that somebody changed since, which stay. */
    restored: z.int(),
    kept: z.int(),
    /** Whether label files have to be written anew in the background. */
    takesTime: z.boolean(),
  })
  .meta({ id: 'ClassEditPreview' })
export type ClassEditPreview = z.infer<typeof ClassEditPreview>

/** A change of a project's classes: in force at once, carried into the labels in the background. */
export const ClassEdit = z
  .object({
    id: ClassEditId,
    projectId: ProjectId,
    /** The class scheme it made. */
    scheme: z.int(),
    before: z.array(z.string()),
    after: z.array(EditedClass),
    state: z.enum(['running', 'done', 'failed']),
    /** Images looked at, of how many, and labels that changed. */
    done: z.int(),
    total: z.int(),
    changed: z.int(),
    authorName: z.string().nullable(),
    /** The edit that this one takes back. */
    undoes: ClassEditId.nullable(),
    /** Whether it is the newest one and can be taken back. */
    canUndo: z.boolean(),
    problem: Problem.nullable(),
    createdAt: Timestamp,
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'ClassEdit' })
export type ClassEdit = z.infer<typeof ClassEdit>

/** By place of before, the place in `classes`; null: removed. */
export function mapOfEdit(before: number, classes: readonly Pick<EditedClass, 'was' | 'takes'>[]): (number | null)[] {
  return Array.from({ length: before }, (_, place) => {
    const at = classes.findIndex(({ was, takes }) => was === place || takes.includes(place))
    return at < 0 ? null : at
  })
}

/** Places of before whose labels say something else afterwards: merged into another class, or removed. */
export function placesLost(before: number, classes: readonly Pick<EditedClass, 'was' | 'takes'>[]): number[] {
  return Array.from({ length: before }, (_, place) => place).filter((place) =>
    classes.every(({ was }) => was !== place),
  )
}
