'use client'
/** What ⌘K opens: connectors by name, runs by number, places and actions, all by typing. */

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { CircleQuestionMark, CornerDownLeft, Hash, type LucideIcon, Plus, RefreshCw, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useQuery } from 'urql'
import { KindIcon } from '@/features/connectors/KindIcon.tsx'
import { failurePath } from '@/features/failures/failure-path.ts'
import { useSyncNow } from '@/features/job-runs/use-sync-now.ts'
import { ConnectorNamesDocument, FailureCatalogueDocument } from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/palette.ts'
import * as shellTexts from '@/texts/shell.ts'
import { Kbd } from '@/ui/Kbd.tsx'
import { backdropClass } from '@/ui/LoadedDialog.tsx'
import { menuItemClass } from '@/ui/Menu.tsx'
import { places } from './navigation.ts'

type Command = { value: string; label: string; icon: LucideIcon | string; run: () => void }
type CommandGroup = { value: string; items: Command[] }

const useCommands = (open: boolean, text: string): CommandGroup[] => {
  const router = useRouter()
  const syncNow = useSyncNow()
  const [{ data }] = useQuery({ query: ConnectorNamesDocument, pause: !open })
  const [{ data: failures }] = useQuery({ query: FailureCatalogueDocument, pause: !open })
  const connectors = data?.connectors.nodes ?? []
  const go = (href: string) => () => router.push(href)
  const number = /^#?(\d+)$/.exec(text.trim())?.[1]
  const groups = [
    {
      value: common.runs,
      items: number ? [{ value: `run ${text}`, label: t.openRun(number), icon: Hash, run: go(`/admin/runs/${number}`) }] : [],
    },
    {
      value: t.connectorsHeading,
      items: connectors.map(({ id, name, kind }) => ({ value: `open ${id}`, label: name, icon: kind, run: go(`/admin/connectors/${id}`) })),
    },
    {
      value: t.actionsHeading,
      items: [
        { value: 'new', label: t.addConnector, icon: Plus, run: go('/admin/connectors/new') },
        ...connectors.map((connector) => ({
          value: `sync ${connector.id}`,
          label: t.syncNow(connector.name),
          icon: RefreshCw,
          run: () => void syncNow(connector, { announce: true }),
        })),
      ],
    },
    {
      value: t.failuresHeading,
      // Without a word there are too many of them.
      items:
        text.trim() === ''
          ? []
          : (failures?.failureCatalogue ?? []).map(({ code, title }) => ({
              value: code,
              label: t.failure(title, code),
              icon: CircleQuestionMark,
              run: go(failurePath(code)),
            })),
    },
    { value: t.placesHeading, items: places.map(({ href, label, icon }) => ({ value: href, label, icon, run: go(href) })) },
  ]
  const matches = ({ value, label }: Command) => value.startsWith('run ') || label.toLowerCase().includes(text.trim().toLowerCase())
  return groups.map(({ value, items }) => ({ value, items: items.filter(matches).slice(0, 8) })).filter(({ items }) => items.length > 0)
}

const CommandIcon = ({ icon: Icon }: { icon: LucideIcon | string }) =>
  typeof Icon === 'string' ? (
    <KindIcon kind={Icon} className="size-3.5 text-ink-faint" />
  ) : (
    <Icon aria-hidden className="size-3.5 text-ink-faint" />
  )

export const CommandPalette = ({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) => {
  const [text, setText] = useState('')
  const groups = useCommands(open, text)
  const choose = (command: Command) => {
    onOpenChange(false)
    command.run()
  }
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange} onOpenChangeComplete={(shown) => !shown && setText('')}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup
          aria-label={shellTexts.paletteTitle}
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[70vh] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 flex-col overflow-hidden rounded-xl bg-raised shadow-raised outline-none transition-[opacity,scale] duration-100 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0"
        >
          <Autocomplete.Root
            open
            inline
            items={groups}
            filter={null}
            value={text}
            onValueChange={setText}
            autoHighlight="always"
            keepHighlight
            itemToStringValue={(command: Command) => command.label}
          >
            <div className="flex items-center gap-2.5 border-b px-4 has-focus-visible:shadow-[inset_0_-2px_0_var(--accent)]">
              <Search aria-hidden className="size-4 text-ink-faint" />
              <Autocomplete.Input
                aria-label={t.inputLabel}
                placeholder={t.inputLabel}
                className="h-12 w-full bg-transparent text-base outline-none"
              />
            </div>
            <div
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
              tabIndex={0}
              className="min-h-0 flex-1 overflow-y-auto p-1.5 -outline-offset-2"
            >
              <Autocomplete.Empty>
                <p className="px-3 py-8 text-center text-sm text-ink-soft empty:hidden">{t.nothingFound(text)}</p>
              </Autocomplete.Empty>
              <Autocomplete.List>
                {(group: CommandGroup) => (
                  <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-1">
                    <Autocomplete.GroupLabel className="px-2 pt-1.5 pb-1 text-xs text-ink-faint">{group.value}</Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(command: Command) => (
                        <Autocomplete.Item key={command.value} value={command} onClick={() => choose(command)} className={menuItemClass}>
                          <CommandIcon icon={command.icon} />
                          <span className="min-w-0 truncate">{command.label}</span>
                        </Autocomplete.Item>
                      )}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </div>
            <div className="hidden items-center gap-4 border-t px-4 py-2 text-xs text-ink-faint sm:flex">
              <span className="flex items-center gap-1.5">
                <CornerDownLeft aria-hidden className="size-3" /> {t.keyChoose}
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd>/</Kbd> {t.keySearch}
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd>j</Kbd>
                <Kbd>k</Kbd> {t.keyRows}
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd>x</Kbd> {t.keySelect}
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd>s</Kbd> {t.keySync}
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd>g</Kbd>
                <Kbd>c</Kbd>
                <Kbd>h</Kbd>
                <Kbd>s</Kbd> {t.keyGo}
              </span>
            </div>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
