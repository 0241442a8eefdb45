/** The frame of the console: the way to its places, the viewer's menu, and what is told above or below every page. */

export const skipToContent = 'Skip to the content'

/** The product's name beside its mark, in two weights: `company` and `product`. */
export const company = 'AIIA'
export const product = 'Data Refresh'

/** Opens the command palette. */
export const openPalette = 'Go to…'
/** What the command palette is called once it is open, and while it is loaded. */
export const paletteTitle = 'Go to'

export const navigationLabel = 'Main'
export const connectors = 'Connectors'
export const jobHistory = 'Job History'
export const system = 'System'
export const settings = 'Settings'
export const help = 'Help'

export const accountOf = (name: string) => `Account of ${name}`
export const theme = 'Theme'
export const systemTheme = 'System theme'
export const lightTheme = 'Light'
export const darkTheme = 'Dark'
export const singleKeyShortcuts = 'Single-key shortcuts'
export const yourAccount = 'Your account'
export const signOut = 'Sign out'

export const toLightTheme = 'Use the light theme'
export const toDarkTheme = 'Use the dark theme'

/** While the live connection is away. */
export const connectionLost = 'Live updates are interrupted. Reconnecting…'
