/** Types and documents of the console's GraphQL operations, made from the API's printed schema. */

import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  schema: '../services/api/schema.graphql',
  documents: 'features/**/*.graphql',
  generates: {
    'graphql/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        defaultScalarType: 'unknown',
        scalars: { DateTime: 'string', Long: 'number', JSON: 'unknown', ID: 'string' },
        avoidOptionals: { field: true, object: true, inputValue: false, defaultValue: false },
      },
    },
  },
}

export default config
