import { COMMANDS } from './commands.ts'

/** Commands that need no server, whose own words are not completed. */
const LOCAL = [
  'train',
  'predict',
  'evaluate',
  'export',
  'worker',
  'doctor',
  'audit',
  'backup',
  'restore',
  'storage',
  'migrate',
]
const COMMON = ['--url', '--token', '--json', '--help']
export const SHELLS = ['bash', 'zsh', 'fish'] as const

interface Words {
  first: string[]
  /** By the first word. */
  second: Map<string, string[]>
  /** By the whole name. */
  options: Map<string, string[]>
}

function words(): Words {
  const second = new Map<string, string[]>()
  const options = new Map<string, string[]>()
  for (const command of COMMANDS) {
    const [noun = '', verb] = command.name.split(' ')
    second.set(noun, [...(second.get(noun) ?? []), ...(verb ? [verb] : [])])
    options.set(command.name, [...Object.keys(command.options ?? {}).map((name) => `--${name}`), ...COMMON])
  }
  return { first: [...second.keys(), ...LOCAL, 'completion', 'help'], second, options }
}

/** A script that completes `vesalius` in a shell. */
export function completionOf(shell: (typeof SHELLS)[number]): string {
  if (shell === 'fish') return fish()
  // zsh reads what is written for bash.
  return shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${bash()}` : bash()
}

function bash(): string {
  const { first, second, options } = words()
  const cases = (map: Map<string, string[]>) =>
    [...map].map(([key, list]) => `      "${key}") words="${list.join(' ')}" ;;`).join('\n')
  return `_vesalius() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${first.join(' ')}"
  elif [ "$COMP_CWORD" -eq 2 ] && [[ "$current" != -* ]]; then
    case "\${COMP_WORDS[1]}" in
${cases(second)}
      completion) words="${SHELLS.join(' ')}" ;;
    esac
  fi
  if [[ "$current" == -* ]]; then
    case "\${COMP_WORDS[1]} \${COMP_WORDS[2]}" in
${cases(options)}
      *) words="${COMMON.join(' ')}" ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ -n "$words" ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _vesalius vesalius
`
}

function fish(): string {
  const { first, second } = words()
  const quote = (text: string) => `'${text.replaceAll("'", "\\'")}'`
  const lines = [`complete -c vesalius -n __fish_use_subcommand -f -a ${quote(first.join(' '))}`]
  for (const [noun, verbs] of second) {
    if (verbs.length === 0) continue
    const none = `__fish_seen_subcommand_from ${noun}; and not __fish_seen_subcommand_from ${verbs.join(' ')}`
    lines.push(`complete -c vesalius -n ${quote(none)} -f -a ${quote(verbs.join(' '))}`)
  }
  for (const { name, options = {} } of COMMANDS) {
    const seen = name.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`)
    for (const [option, { help, type }] of Object.entries(options)) {
      const value = type === 'string' ? ' -r' : ''
      lines.push(`complete -c vesalius -n ${quote(seen.join('; and '))} -l ${option}${value} -d ${quote(help)}`)
    }
  }
  return `${lines.join('\n')}\n`
}
