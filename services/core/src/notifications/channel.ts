/** Where notifications go, and of what. */

export const channelKinds = ['WEBHOOK', 'SLACK', 'EMAIL'] as const
export type ChannelKind = (typeof channelKinds)[number]

/** What a channel can be told of. */
export const channelEvents = ['RUN_FAILED', 'RUN_RECOVERED', 'SCHEDULE_MISSED'] as const
export type ChannelEvent = (typeof channelEvents)[number]

/** Somebody may ask for a test as well, whatever the channel is told of. */
export const notificationEvents = [...channelEvents, 'TEST'] as const
export type NotificationEvent = (typeof notificationEvents)[number]

export const deliveryStates = ['PENDING', 'DELIVERED', 'FAILED'] as const
export type DeliveryState = (typeof deliveryStates)[number]
