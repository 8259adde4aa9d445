import type { Dependency, Finding, Project, WorkspaceSnapshot } from '../snapshot/workspace-snapshot.ts';
import { linksLeadSomewhere } from './links-lead-somewhere.ts';
import { lockFileHasEveryPlatform } from './lock-file-has-every-platform.ts';
import { noImportCycles } from './no-import-cycles.ts';
import { projectsAreDescribed } from './projects-are-described.ts';
import { projectsHaveOwners } from './projects-have-owners.ts';
import { ranksHold } from './ranks-hold.ts';
import { testsExist } from './tests-exist.ts';
import { workflowsArePinned } from './workflows-are-pinned.ts';

const targets = ['lint', 'typecheck', 'test', 'build'];
const http: Project = {
  name: 'http',
  root: 'libs/http',
  tags: ['type:library', 'scope:shared', 'rank:1'],
  targets,
};
const auth: Project = { ...http, name: 'auth', root: 'libs/auth' };
const local: Project = {
  name: 'local',
  root: 'tools/local',
  tags: ['type:local', 'scope:local', 'rank:3'],
  targets,
};

interface Parts {
  readonly projects?: readonly Project[];
  readonly dependencies?: readonly Dependency[];
  readonly files?: Readonly<Record<string, string>>;
}

const workspace = ({ projects = [], dependencies = [], files = {} }: Parts): WorkspaceSnapshot => ({
  projects,
  dependencies,
  files: Object.keys(files),
  read: (file) => files[file],
});

const problems = (findings: readonly Finding[]) =>
  findings.map(({ where, problem }) => `${where}: ${problem}`);

describe('projects are described', () => {
  it('accepts a project with one tag of each kind and every target', () => {
    expect(projectsAreDescribed.run(workspace({ projects: [http] }))).toEqual([]);
  });

  it('finds a missing tag, a doubled tag and a missing target', () => {
    const broken = {
      ...http,
      tags: ['scope:a', 'scope:b', 'rank:1'],
      targets: ['lint', 'typecheck', 'test'],
    };
    expect(problems(projectsAreDescribed.run(workspace({ projects: [broken] })))).toEqual([
      'http: needs exactly one type: tag',
      'http: needs exactly one scope: tag',
      'http: has no build target',
    ]);
  });

  it('finds a folder of source that is no project', () => {
    const found = projectsAreDescribed.run(
      workspace({ projects: [http], files: { 'libs/lost/src/a.ts': '' } }),
    );
    expect(problems(found)).toEqual(['libs/lost: is no project: it has no project.json']);
  });
});

describe('projects have owners', () => {
  const readme = { 'libs/http/README.md': 'Owner: @team/api' };
  const run = (codeowners: string, files: Readonly<Record<string, string>> = readme) =>
    problems(
      projectsHaveOwners.run(
        workspace({ projects: [http], files: { '.github/CODEOWNERS': codeowners, ...files } }),
      ),
    );

  it('accepts a line for the project after the general ones', () => {
    expect(run('* @team/all\n/libs/ @team/all\n/libs/http/ @team/api # the kernel\n')).toEqual([]);
  });

  it('finds a project without a line', () => {
    expect(run('* @team/all\n')).toEqual(['.github/CODEOWNERS: has no line /libs/http/']);
  });

  it('finds a general line that takes the files of an earlier one', () => {
    expect(run('/libs/http/ @team/api\n/libs/ @team/all\n')).toEqual([
      '.github/CODEOWNERS: /libs/ stands after /libs/http/ and takes its files',
    ]);
  });

  it('finds a line without an owner', () => {
    expect(run('/libs/http/\n')).toEqual(['.github/CODEOWNERS: /libs/http/ has no owner']);
  });

  it('finds a README that names another owner, or none', () => {
    expect(run('/libs/http/ @team/api\n', { 'libs/http/README.md': '# http' })).toEqual([
      'libs/http/README.md: does not name its owner @team/api',
    ]);
    expect(run('/libs/http/ @team/api\n', {})).toEqual(['http: has no README.md']);
  });

  it('finds that CODEOWNERS is missing', () => {
    expect(problems(projectsHaveOwners.run(workspace({ projects: [http] })))).toEqual([
      '.github/CODEOWNERS: is missing',
    ]);
  });
});

describe('ranks hold', () => {
  const app: Project = {
    ...http,
    name: 'api',
    root: 'apps/api',
    tags: ['type:app', 'scope:users', 'rank:3'],
  };
  const run = (dependency: Dependency) =>
    problems(ranksHold.run(workspace({ projects: [http, auth, local, app], dependencies: [dependency] })));

  it('accepts an import of a lower rank', () => {
    expect(run({ source: 'api', target: 'http', type: 'static' })).toEqual([]);
  });

  it.each([
    { source: 'http', target: 'auth', of: 'the same rank' },
    { source: 'http', target: 'api', of: 'a higher rank' },
  ])('finds an import of $of', ({ source, target }) => {
    expect(run({ source, target, type: 'dynamic' })).toEqual([
      `${source}: imports ${target}, which is not of a lower rank`,
    ]);
  });

  it('finds an import by the local host, which stands alone', () => {
    expect(run({ source: 'local', target: 'http', type: 'static' })).toEqual([
      'local: imports http: it may import no project',
    ]);
  });

  it('takes a declared dependency for what it is: the reading of a bundle', () => {
    expect(run({ source: 'local', target: 'api', type: 'implicit' })).toEqual([]);
  });

  it('finds an import by a project without a rank', () => {
    const found = ranksHold.run(
      workspace({
        projects: [http, { ...app, tags: [] }],
        dependencies: [{ source: 'api', target: 'http', type: 'static' }],
      }),
    );
    expect(problems(found)).toEqual(['api: imports http, which is not of a lower rank']);
  });
});

describe('no import cycles', () => {
  it('accepts a diamond', () => {
    const files = {
      'a/1.ts': "import './2.ts'; import './3.ts';",
      'a/2.ts': "import './4.ts';",
      'a/3.ts': "import './4.ts';",
      'a/4.ts': "import 'node:fs';",
    };
    expect(noImportCycles.run(workspace({ files }))).toEqual([]);
  });

  it('finds a cycle over several files, also of types and re-exports', () => {
    const files = {
      'a/1.ts': "import type { A } from './b/2.ts';",
      'a/b/2.ts': "export { A } from './3.ts';",
      'a/b/3.ts': "export const load = () => import('../1.ts');",
    };
    expect(problems(noImportCycles.run(workspace({ files })))).toEqual([
      'a/1.ts: imports itself: a/1.ts > a/b/2.ts > a/b/3.ts > a/1.ts',
    ]);
  });
});

describe('tests exist', () => {
  it('finds a project without a test', () => {
    expect(problems(testsExist.run(workspace({ projects: [http] })))).toEqual(['http: has no test']);
  });

  it('finds a configuration that lets a run of no tests pass', () => {
    const files = { 'libs/http/src/a.test.ts': '', 'libs/http/jest.config.cjs': '{ passWithNoTests: true }' };
    expect(problems(testsExist.run(workspace({ projects: [http], files })))).toEqual([
      'libs/http/jest.config.cjs: lets a run of no tests pass',
    ]);
  });

  it('finds a test that runs alone', () => {
    const files = { 'libs/http/src/a.test.ts': "describe.only('x', () => {});" };
    expect(problems(testsExist.run(workspace({ projects: [http], files })))).toEqual([
      'libs/http/src/a.test.ts: runs one test alone (.only)',
    ]);
  });
});

describe('lock file has every platform', () => {
  const lock = (packages: Readonly<Record<string, unknown>>) =>
    problems(
      lockFileHasEveryPlatform.run(
        workspace({ files: { 'package-lock.json': JSON.stringify({ packages }) } }),
      ),
    );

  it('accepts parts beside the package and parts below it', () => {
    const packages = {
      'node_modules/native': {
        optionalDependencies: { '@native/linux': '1.0.0', '@native/darwin': '1.0.0' },
      },
      'node_modules/@native/linux': {},
      'node_modules/native/node_modules/@native/darwin': {},
    };
    expect(lock(packages)).toEqual([]);
  });

  it('finds a part that npm dropped', () => {
    const packages = {
      'node_modules/native': {
        optionalDependencies: { '@native/linux': '1.0.0', '@native/darwin': '1.0.0' },
      },
      'node_modules/@native/linux': {},
    };
    expect(lock(packages)).toEqual([
      'package-lock.json: node_modules/native needs @native/darwin, which is not locked',
    ]);
  });
});

describe('workflows are pinned', () => {
  const run = (text: string) =>
    problems(workflowsArePinned.run(workspace({ files: { '.github/workflows/ci.yml': text } })));

  it('accepts commits and actions of the repository', () => {
    const commit = 'a'.repeat(40);
    expect(run(`permissions: {}\njobs:\n  - uses: actions/checkout@${commit} # v4\n  - uses: ./x\n`)).toEqual(
      [],
    );
  });

  it('finds an action by tag and a workflow with default permissions', () => {
    expect(run('jobs:\n  - uses: actions/checkout@v4\n')).toEqual([
      '.github/workflows/ci.yml: actions/checkout@v4 is not pinned to a commit',
      '.github/workflows/ci.yml: states no permissions at the top',
    ]);
  });
});

describe('links lead somewhere', () => {
  const run = (text: string) =>
    problems(linksLeadSomewhere.run(workspace({ files: { 'docs/a.md': text, 'libs/http/README.md': '' } })));

  it('accepts files, folders, anchors and addresses', () => {
    expect(
      run('[a](../libs/http/README.md#x) [b](../libs/http/) [c](#here) [d](https://x.example/)'),
    ).toEqual([]);
  });

  it('finds a link to nothing', () => {
    expect(run('[a](gone.md)')).toEqual(['docs/a.md: links to gone.md, which does not exist']);
  });

  it('leaves code alone', () => {
    expect(run('`[a](gone.md)`\n\n```md\n[a](gone.md)\n```\n')).toEqual([]);
  });
});
