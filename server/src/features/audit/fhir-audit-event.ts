import type { AuditEvent } from '@vesalius/contracts'

const ACTIONS = { create: 'C', change: 'U', delete: 'D' } as const

/** As a FHIR R5 AuditEvent (https://hl7.org/fhir/R5/auditevent.html): REST operation, agent, entity with old and new. */
export function toFhir(event: AuditEvent): object {
  const value = (side: 'before' | 'after') =>
    event[side] ? [{ type: { text: side }, valueString: JSON.stringify(event[side]) }] : []
  return {
    resourceType: 'AuditEvent',
    id: String(event.seq),
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
            code: 'rest',
            display: 'RESTful Operation',
          },
        ],
      },
    ],
    code: {
      coding: [
        {
          system: 'http://hl7.org/fhir/restful-interaction',
          code: event.action === 'change' ? 'update' : event.action,
        },
      ],
      text: event.via ?? event.actorBy,
    },
    action: ACTIONS[event.action],
    recorded: event.at,
    outcome: {
      code: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-outcome', code: '0', display: 'Success' },
    },
    ...(event.reason ? { authorization: [{ text: event.reason }] } : {}),
    agent: [
      {
        who: {
          identifier: { system: 'urn:vesalius:user', value: event.actorId ?? event.actorBy },
          ...(event.actorName ? { display: event.actorName } : {}),
        },
        requestor: event.actorId !== null,
      },
    ],
    source: { observer: { display: 'Vesalius' } },
    entity: [
      {
        what: { identifier: { system: `urn:vesalius:${event.subject.replaceAll(' ', '-')}`, value: event.subjectId } },
        detail: [...value('before'), ...value('after'), { type: { text: 'hash' }, valueString: event.hash }],
      },
    ],
  }
}
