import { cifar10Classes } from './cifar/read-cifar.js';

/** How the files of a data set are laid out. */
export type DatasetLayout = 'idx' | 'cifar10' | 'folder';

/** A file as its publisher offers it. */
export interface PublishedFile {
  /** File name below the origin's address. */
  readonly name: string;
  readonly bytes: number;
  /** sha256 of the published file (hex). */
  readonly sha256: string;
}

/** Where a data set comes from. */
export interface Origin {
  /** Address that file names are appended to; ends with a slash. */
  readonly address: string;
  readonly files: readonly PublishedFile[];
  /** `tar` unpacks the `.bin` files of each `.tar.gz`; `none` keeps the files as they are. */
  readonly unpack: 'none' | 'tar';
}

/** A data set known by name. */
export interface CatalogueEntry {
  readonly name: string;
  readonly title: string;
  readonly layout: Exclude<DatasetLayout, 'folder'>;
  readonly classes: readonly string[];
  readonly licence: string;
  readonly origin?: Origin;
  /** Digest of the whole published data set, where known. */
  readonly digest?: string;
  /** Name of a part of it that travels with oneshot. */
  readonly sample?: string;
}

const fashionClasses = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
] as const;

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * Data sets known by name. Sizes and checksums are those of the published files, as TensorFlow
 * Datasets records them (url_checksums). Those of Fashion-MNIST agree with the MD5s of its README;
 * the MD5 of CIFAR-10 on its home page is c32a1d4ab5d03f1284b67883e8d87530.
 */
export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'fashion-mnist',
    title: 'Fashion-MNIST, 60,000 + 10,000 grey images 28×28 (Xiao et al. 2017, arXiv:1708.07747)',
    layout: 'idx',
    classes: fashionClasses,
    licence: 'MIT',
    digest: 'ba0297a36c1bcfaedcfcfa4dae3045040b2882a7a22d0f79a6971893adcc14af',
    sample: 'fashion-mnist-sample',
    origin: {
      address: 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
      unpack: 'none',
      files: [
        {
          name: 'train-images-idx3-ubyte.gz',
          bytes: 26_421_880,
          sha256: '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
        },
        {
          name: 'train-labels-idx1-ubyte.gz',
          bytes: 29_515,
          sha256: 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
        },
        {
          name: 't10k-images-idx3-ubyte.gz',
          bytes: 4_422_102,
          sha256: '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
        },
        {
          name: 't10k-labels-idx1-ubyte.gz',
          bytes: 5_148,
          sha256: '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
        },
      ],
    },
  },
  {
    name: 'fashion-mnist-sample',
    title: 'the first 1,000 + 200 images per class of Fashion-MNIST; travels with oneshot',
    layout: 'idx',
    classes: fashionClasses,
    licence: 'MIT',
    digest: '8324ac7b92ee07cfdfe87ab8c989e920f59a4b12f7b4c2ad1fa205987dae172b',
  },
  {
    name: 'mnist',
    title: 'MNIST, 60,000 + 10,000 grey images 28×28 of digits (LeCun et al. 1998)',
    layout: 'idx',
    classes: digits,
    licence: 'CC BY-SA 3.0',
    origin: {
      address: 'https://storage.googleapis.com/cvdf-datasets/mnist/',
      unpack: 'none',
      files: [
        {
          name: 'train-images-idx3-ubyte.gz',
          bytes: 9_912_422,
          sha256: '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
        },
        {
          name: 'train-labels-idx1-ubyte.gz',
          bytes: 28_881,
          sha256: '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
        },
        {
          name: 't10k-images-idx3-ubyte.gz',
          bytes: 1_648_877,
          sha256: '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
        },
        {
          name: 't10k-labels-idx1-ubyte.gz',
          bytes: 4_542,
          sha256: 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
        },
      ],
    },
  },
  {
    name: 'cifar10',
    title: 'CIFAR-10, 50,000 + 10,000 colour images 32×32 (Krizhevsky 2009), binary version',
    layout: 'cifar10',
    classes: cifar10Classes,
    licence: 'not stated by its authors',
    origin: {
      address: 'https://www.cs.toronto.edu/~kriz/',
      unpack: 'tar',
      files: [
        {
          name: 'cifar-10-binary.tar.gz',
          bytes: 170_052_171,
          sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
        },
      ],
    },
  },
];

/** The entry of that name, or undefined. */
export function catalogueEntry(name: string): CatalogueEntry | undefined {
  return catalogue.find((entry) => entry.name === name);
}
