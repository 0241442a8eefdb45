/** The one setting of the migration step. */

export const databaseUrl = (): string | undefined => process.env.DATABASE_URL || undefined
