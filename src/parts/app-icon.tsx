import {
  ApiOutlined,
  AppstoreOutlined,
  BookOutlined,
  CloudUploadOutlined,
  CodeOutlined,
  DesktopOutlined,
  ExperimentOutlined,
  FolderOpenOutlined,
  FundProjectionScreenOutlined,
  KeyOutlined,
  LaptopOutlined,
  LineChartOutlined,
  RadarChartOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { OfferedApp } from './app-list';

const icons: Readonly<Record<string, ComponentType>> = {
  sftp: CloudUploadOutlined,
  sshd: KeyOutlined,
  ttyd: CodeOutlined,
  filebrowser: FolderOpenOutlined,
  jupyter: BookOutlined,
  nbextensions: BookOutlined,
  jupyterlab: ExperimentOutlined,
  vscode: LaptopOutlined,
  'vscode-desktop': LaptopOutlined,
  tensorboard: LineChartOutlined,
  nniboard: RadarChartOutlined,
  'mlflow-ui': FundProjectionScreenOutlined,
};

export function AppIcon({ app }: { app: Pick<OfferedApp, 'name' | 'category' | 'protocol'> }) {
  const own = Object.hasOwn(icons, app.name) ? icons[app.name] : undefined;
  const Icon = own ?? (app.category === 'desktop' ? DesktopOutlined : app.protocol === 'preopen' ? ApiOutlined : AppstoreOutlined);
  return (
    <span aria-hidden>
      <Icon />
    </span>
  );
}
