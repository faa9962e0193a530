import { z } from 'zod'
import { Account, Announcement, AnnouncementInput, Overview, ShownSetting } from '../administration.ts'
import { AnnouncementId, UserId } from '../ids.ts'
import { PageQuery, pageOf } from '../paging.ts'
import { defineRoute } from '../route.ts'

const tag = 'administration'
const access = 'administrator'
const ofAccount = z.object({ userId: UserId })
const ofAnnouncement = z.object({ announcementId: AnnouncementId })

export const listAccounts = defineRoute({
  method: 'GET',
  path: '/administration/accounts',
  summary: 'All accounts, the newest first; by a part of the name or mail address.',
  tag,
  access,
  query: PageQuery.extend({
    search: z.string().trim().max(100).optional(),
    state: z.enum(['active', 'frozen', 'administrator']).optional(),
  }),
  responses: { 200: pageOf(Account) },
})

export const changeAccount = defineRoute({
  method: 'PATCH',
  path: '/administration/accounts/:userId',
  summary: "Freeze or unfreeze an account, or change its role; never one's own. Freezing ends its sessions.",
  tag,
  access,
  params: ofAccount,
  body: z
    .strictObject({ isFrozen: z.boolean().optional(), role: z.enum(['administrator', 'user']).optional() })
    .refine((change) => Object.values(change).some((value) => value !== undefined), { error: 'nothing to change' }),
  responses: { 200: Account },
})

export const sendPasswordReset = defineRoute({
  method: 'POST',
  path: '/administration/accounts/:userId/password-reset',
  summary: 'Mail a link to a new password. Until it is used the old one works.',
  tag,
  access,
  params: ofAccount,
  responses: { 202: null },
})

export const endAccountSessions = defineRoute({
  method: 'DELETE',
  path: '/administration/accounts/:userId/sessions',
  summary: 'Sign somebody out everywhere. API tokens stay.',
  tag,
  access,
  params: ofAccount,
  responses: { 204: null },
})

export const getOverview = defineRoute({
  method: 'GET',
  path: '/administration/overview',
  summary: 'Storage, queue and counts of the installation, not older than a minute.',
  tag,
  access,
  responses: { 200: Overview },
})

export const listSettings = defineRoute({
  method: 'GET',
  path: '/administration/settings',
  summary: 'Settings in force, without secrets.',
  tag,
  access,
  responses: { 200: z.object({ items: z.array(ShownSetting) }) },
})

export const listCurrentAnnouncements = defineRoute({
  method: 'GET',
  path: '/announcements',
  summary: 'What is announced now.',
  tag,
  access: 'user',
  responses: { 200: z.object({ items: z.array(Announcement) }) },
})

export const listAnnouncements = defineRoute({
  method: 'GET',
  path: '/administration/announcements',
  summary: 'All announcements, those to come and those past among them.',
  tag,
  access,
  responses: { 200: z.object({ items: z.array(Announcement) }) },
})

export const createAnnouncement = defineRoute({
  method: 'POST',
  path: '/administration/announcements',
  summary: 'Announce something to everybody who is signed in.',
  tag,
  access,
  body: AnnouncementInput,
  responses: { 201: Announcement },
})

export const changeAnnouncement = defineRoute({
  method: 'PUT',
  path: '/administration/announcements/:announcementId',
  summary: 'Change an announcement.',
  tag,
  access,
  params: ofAnnouncement,
  body: AnnouncementInput,
  responses: { 200: Announcement },
})

export const deleteAnnouncement = defineRoute({
  method: 'DELETE',
  path: '/administration/announcements/:announcementId',
  summary: 'Take an announcement back.',
  tag,
  access,
  params: ofAnnouncement,
  responses: { 204: null },
})
