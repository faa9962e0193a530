import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { ErrorCode, LocalPath } from '@vesalius/contracts'
import { z } from 'zod'
import { meQuery } from './features/accounts/account-queries.ts'
import { ADMINISTRATION_TABS } from './features/administration/administration-tabs.ts'
import { ImageFilter } from './features/images/image-filter.ts'
import { BrokenPage, LostPage } from './features/shell/TroublePages.tsx'

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  notFoundComponent: LostPage,
  errorComponent: BrokenPage,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({
    to: LocalPath.optional().catch(undefined),
    problem: ErrorCode.optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./features/accounts/SignInPage.tsx'), 'SignInPage'),
})

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: lazyRouteComponent(() => import('./features/shell/AppFrame.tsx'), 'AppFrame'),
  beforeLoad: async ({ context, location }) => {
    const me = await context.client.ensureQueryData(meQuery)
    if (!me) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } })
    if (me.secondFactorDueAt && Date.parse(me.secondFactorDueAt) <= Date.now()) throw redirect({ to: '/secure' })
  },
})

const secure = createRoute({
  getParentRoute: () => root,
  path: '/secure',
  component: lazyRouteComponent(() => import('./features/rules/SecurePage.tsx'), 'SecurePage'),
  beforeLoad: async ({ context }) => {
    if (!(await context.client.ensureQueryData(meQuery))) throw redirect({ to: '/sign-in' })
  },
})

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyRouteComponent(() => import('./features/projects/ProjectListPage.tsx'), 'ProjectListPage'),
})

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./features/accounts/RecoveryPages.tsx'), 'ForgotPasswordPage'),
})

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('./features/accounts/RecoveryPages.tsx'), 'ResetPasswordPage'),
})

const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: '/confirm-email',
  component: lazyRouteComponent(() => import('./features/accounts/RecoveryPages.tsx'), 'ConfirmEmailPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./features/organisations/InvitationPage.tsx'), 'InvitationPage'),
})

const account = createRoute({
  getParentRoute: () => app,
  path: '/account',
  validateSearch: z.object({ problem: ErrorCode.optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./features/accounts/AccountPage.tsx'), 'AccountPage'),
})

const deleteAccount = createRoute({
  getParentRoute: () => app,
  path: '/account/delete',
  component: lazyRouteComponent(() => import('./features/accounts/DeleteAccountPage.tsx'), 'DeleteAccountPage'),
})

const organisations = createRoute({
  getParentRoute: () => app,
  path: '/organisations',
  component: lazyRouteComponent(() => import('./features/organisations/OrganisationsPage.tsx'), 'OrganisationsPage'),
})

const organisation = createRoute({
  getParentRoute: () => app,
  path: '/organisations/$organisationId',
  component: lazyRouteComponent(() => import('./features/organisations/OrganisationPage.tsx'), 'OrganisationPage'),
})

const administration = createRoute({
  getParentRoute: () => app,
  path: '/administration',
  validateSearch: z.object({ tab: z.enum(ADMINISTRATION_TABS).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./features/administration/AdministrationPage.tsx'), 'AdministrationPage'),
})

const messages = createRoute({
  getParentRoute: () => app,
  path: '/messages',
  validateSearch: z.object({
    thread: z.string().optional().catch(undefined),
    isNew: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./features/messages/MessagesPage.tsx'), 'MessagesPage'),
})

const bin = createRoute({
  getParentRoute: () => app,
  path: '/bin',
  component: lazyRouteComponent(() => import('./features/projects/DeletedProjectsPage.tsx'), 'DeletedProjectsPage'),
})

const articles = createRoute({
  getParentRoute: () => app,
  path: '/articles',
  validateSearch: z.object({
    q: z.string().max(200).optional().catch(undefined),
    which: z.enum(['all', 'mine', 'drafts', 'bin']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./features/articles/ArticleListPage.tsx'), 'ArticleListPage'),
})
const newArticle = createRoute({
  getParentRoute: () => app,
  path: '/articles/new',
  component: lazyRouteComponent(() => import('./features/articles/EditArticlePage.tsx'), 'NewArticlePage'),
})
const article = createRoute({
  getParentRoute: () => app,
  path: '/articles/$articleId',
  component: lazyRouteComponent(() => import('./features/articles/ArticlePage.tsx'), 'ArticlePage'),
})
const editArticle = createRoute({
  getParentRoute: () => app,
  path: '/articles/$articleId/edit',
  component: lazyRouteComponent(() => import('./features/articles/EditArticlePage.tsx'), 'EditArticlePage'),
})
const articleHistory = createRoute({
  getParentRoute: () => app,
  path: '/articles/$articleId/history',
  validateSearch: z.object({
    from: z.int().min(1).optional().catch(undefined),
    to: z.int().min(1).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./features/articles/HistoryPage.tsx'), 'HistoryPage'),
})
const image = createRoute({
  getParentRoute: () => app,
  path: '/images/$imageId',
  component: lazyRouteComponent(() => import('./features/images/ImagePage.tsx'), 'ImagePage'),
})
const project = createRoute({
  getParentRoute: () => app,
  path: '/projects/$projectId',
  component: lazyRouteComponent(() => import('./features/projects/ProjectFrame.tsx'), 'ProjectFrame'),
})

const gallery = createRoute({
  getParentRoute: () => project,
  path: '/',
  validateSearch: ImageFilter,
  component: lazyRouteComponent(() => import('./features/images/GalleryPage.tsx'), 'GalleryPage'),
})

const annotate = createRoute({
  getParentRoute: () => project,
  path: '/annotate',
  validateSearch: ImageFilter.extend({
    image: z.string().optional().catch(undefined),
    /** The topic of what is talked about it, to be opened. */
    discussion: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./workspace/AnnotatePage.tsx'), 'AnnotatePage'),
})

const review = createRoute({
  getParentRoute: () => project,
  path: '/review',
  component: lazyRouteComponent(() => import('./features/reviews/ReviewFrame.tsx'), 'ReviewFrame'),
})

const reviewQueue = createRoute({
  getParentRoute: () => review,
  path: '/',
  validateSearch: z.object({ image: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./features/reviews/ReviewPage.tsx'), 'ReviewPage'),
})

const studies = createRoute({
  getParentRoute: () => review,
  path: '/studies',
  component: lazyRouteComponent(() => import('./features/readings/StudiesPage.tsx'), 'StudiesPage'),
})

const agreement = createRoute({
  getParentRoute: () => review,
  path: '/studies/$studyId',
  component: lazyRouteComponent(() => import('./features/agreement/AgreementPage.tsx'), 'AgreementPage'),
})

const adjudicate = createRoute({
  getParentRoute: () => review,
  path: '/studies/$studyId/$imageId',
  component: lazyRouteComponent(() => import('./features/agreement/AdjudicatePage.tsx'), 'AdjudicatePage'),
})

const gold = createRoute({
  getParentRoute: () => review,
  path: '/gold',
  component: lazyRouteComponent(() => import('./features/agreement/GoldPage.tsx'), 'GoldPage'),
})

const training = createRoute({
  getParentRoute: () => project,
  path: '/training',
  validateSearch: z.object({ run: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./features/training/TrainingPage.tsx'), 'TrainingPage'),
})

const worth = createRoute({
  getParentRoute: () => project,
  path: '/worth',
  component: lazyRouteComponent(() => import('./features/worth/WorthPage.tsx'), 'WorthPage'),
})

const imports = createRoute({
  getParentRoute: () => project,
  path: '/imports',
  component: lazyRouteComponent(() => import('./features/imports/ImportsPage.tsx'), 'ImportsPage'),
})

const dicom = createRoute({
  getParentRoute: () => project,
  path: '/dicom',
  component: lazyRouteComponent(() => import('./features/dicom-sources/DicomPage.tsx'), 'DicomPage'),
})

const settings = createRoute({
  getParentRoute: () => project,
  path: '/settings',
  component: lazyRouteComponent(() => import('./features/settings/SettingsPage.tsx'), 'SettingsPage'),
})

const reviewParts = review.addChildren([reviewQueue, studies, agreement, adjudicate, gold])

const tree = root.addChildren([
  signIn,
  secure,
  forgotPassword,
  resetPassword,
  confirmEmail,
  invitation,
  app.addChildren([
    home,
    account,
    deleteAccount,
    organisations,
    organisation,
    administration,
    messages,
    bin,
    articles,
    newArticle,
    article,
    editArticle,
    articleHistory,
    image,
    project.addChildren([gallery, annotate, reviewParts, training, worth, imports, dicom, settings]),
  ]),
])

export const makeRouter = (client: QueryClient) =>
  createRouter({ routeTree: tree, context: { client }, defaultPreload: 'intent', defaultPreloadStaleTime: 0 })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
