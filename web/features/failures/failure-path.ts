/** Where a failure is explained. */

export const failuresPath = '/admin/help/failures'

export const failurePath = (code: string): string => `${failuresPath}#${encodeURIComponent(code)}`
