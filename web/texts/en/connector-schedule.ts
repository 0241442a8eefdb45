/** The tab of a connector's page that changes its schedule; the fields have texts of their own. */

export const title = 'Schedule'
export const pausedHint = 'This connector is paused: no schedule fires until it is enabled again in its settings.'
export const save = 'Save the schedule'
