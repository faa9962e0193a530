import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Context } from './context.ts'
import { registerAccountRoutes } from './features/accounts/accounts.routes.ts'
import { registerAuthentication } from './features/accounts/authenticate.ts'
import { registerSecurityRoutes } from './features/accounts/security.routes.ts'
import { registerAdministrationRoutes } from './features/administration/administration.routes.ts'
import { registerAgreementRoutes } from './features/agreement/agreement.routes.ts'
import { registerAnnouncementRoutes } from './features/announcements/announcements.routes.ts'
import { registerArticleRoutes } from './features/articles/articles.routes.ts'
import { registerAssistRoutes } from './features/assist/assist.routes.ts'
import { registerAuditRoutes } from './features/audit/audit.routes.ts'
import { registerClassRoutes } from './features/classes/classes.routes.ts'
import { registerDicomSourceRoutes } from './features/dicom-sources/dicom-sources.routes.ts'
import { registerDicomwebRoutes } from './features/dicomweb/dicomweb.routes.ts'
import { registerDownloadRoutes } from './features/downloads/downloads.routes.ts'
import { registerEventRoutes } from './features/events/events.routes.ts'
import { registerImageRoutes } from './features/images/images.routes.ts'
import { registerImportRoutes } from './features/imports/imports.routes.ts'
import { registerInferenceRoutes } from './features/inference/inference.routes.ts'
import { registerIngestRoutes } from './features/ingest/ingest.routes.ts'
import { registerInterchangeRoutes } from './features/interchange/interchange.routes.ts'
import { registerLabelRoutes } from './features/labels/labels.routes.ts'
import { registerMessageRoutes } from './features/messages/messages.routes.ts'
import { registerModelRoutes } from './features/models/models.routes.ts'
import { registerNotificationRoutes } from './features/notifications/notifications.routes.ts'
import { registerOrganisationRoutes } from './features/organisations/organisations.routes.ts'
import { registerOwnDataRoutes } from './features/own-data/own-data.routes.ts'
import { registerPasskeyRoutes } from './features/passkeys/passkeys.routes.ts'
import { registerPredictionRoutes } from './features/predictions/predictions.routes.ts'
import { registerPreferenceRoutes } from './features/preferences/preferences.routes.ts'
import { registerPresenceRoutes } from './features/presence/presence.routes.ts'
import { registerProjectRoutes } from './features/projects/projects.routes.ts'
import { registerProviderRoutes } from './features/providers/providers.routes.ts'
import { registerReadingRoutes } from './features/readings/readings.routes.ts'
import { registerCallbackRoutes } from './features/remote/callbacks.routes.ts'
import { registerRemoteRoutes } from './features/remote/remote.routes.ts'
import { registerWorkerRoutes } from './features/remote/worker.routes.ts'
import { registerReviewRoutes } from './features/reviews/reviews.routes.ts'
import { registerRuleRoutes } from './features/rules/rules.routes.ts'
import { registerSavedFilterRoutes } from './features/saved-filters/saved-filters.routes.ts'
import { registerSettingsRoutes } from './features/settings/settings.routes.ts'
import { registerHealthRoutes } from './features/setup/health.routes.ts'
import { registerSetupRoutes } from './features/setup/setup.routes.ts'
import { registerSharingRoutes } from './features/sharing/sharing.routes.ts'
import { registerSkipRoutes } from './features/skips/skips.routes.ts'
import { registerTokenRoutes } from './features/tokens/tokens.routes.ts'
import { registerTrainingRoutes } from './features/training/training.routes.ts'
import { registerUploadRoutes } from './features/uploads/uploads.routes.ts'
import { registerWebhookRoutes } from './features/webhooks/webhooks.routes.ts'
import { registerWorthRoutes } from './features/worth/worth.routes.ts'
import { registerErrorHandling } from './http/errors.ts'
import { registerSecurity } from './http/security.ts'
import { registerStaticWeb } from './http/static-web.ts'

const MAX_JSON_BYTES = 64 * 1024 * 1024

/** The HTTP side: plugins, then features, in one explicit list. */
export async function buildApp(context: Context): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_JSON_BYTES,
    requestTimeout: 30 * 60_000,
    trustProxy: context.config.trustedProxies.length > 0 ? [...context.config.trustedProxies] : false,
    routerOptions: { maxParamLength: 500 },
  })
  context.tracing.watchRequests(app)
  registerErrorHandling(app)
  registerSecurity(app, context.config)
  registerAuthentication(app, context)
  registerHealthRoutes(app, context)
  registerSetupRoutes(app, context)
  registerAccountRoutes(app, context)
  registerSecurityRoutes(app, context)
  registerPasskeyRoutes(app, context)
  registerProviderRoutes(app, context)
  registerTokenRoutes(app, context)
  registerOrganisationRoutes(app, context)
  registerAuditRoutes(app, context)
  registerAdministrationRoutes(app, context)
  registerRuleRoutes(app, context)
  registerAnnouncementRoutes(app, context)
  registerOwnDataRoutes(app, context)
  registerProjectRoutes(app, context)
  registerClassRoutes(app, context)
  registerSettingsRoutes(app, context)
  await registerIngestRoutes(app, context)
  registerImportRoutes(app, context)
  registerDicomSourceRoutes(app, context)
  await registerDicomwebRoutes(app, context)
  await registerUploadRoutes(app, context)
  registerImageRoutes(app, context)
  registerSavedFilterRoutes(app, context)
  registerSharingRoutes(app, context)
  registerDownloadRoutes(app, context)
  registerLabelRoutes(app, context)
  registerInterchangeRoutes(app, context)
  registerPredictionRoutes(app, context)
  registerTrainingRoutes(app, context)
  registerReviewRoutes(app, context)
  registerModelRoutes(app, context)
  registerRemoteRoutes(app, context)
  await registerCallbackRoutes(app, context)
  await registerWorkerRoutes(app, context)
  registerWebhookRoutes(app, context)
  await registerInferenceRoutes(app, context)
  registerReadingRoutes(app, context)
  registerAgreementRoutes(app, context)
  registerWorthRoutes(app, context)
  registerPresenceRoutes(app, context)
  registerSkipRoutes(app, context)
  registerAssistRoutes(app, context)
  registerArticleRoutes(app, context)
  registerPreferenceRoutes(app, context)
  registerMessageRoutes(app, context)
  registerNotificationRoutes(app, context)
  registerEventRoutes(app, context)
  await registerStaticWeb(app)
  return app
}
