import { lazy } from 'react';
import { Route, Routes } from 'react-router';

import { DeadEnd } from '../components/failure.tsx';
import { PATHS } from './paths.ts';

const DashboardPage = lazy(() => import('../features/dashboard/dashboard-page.tsx'));
const SshKeysPage = lazy(() => import('../features/ssh-keys/ssh-keys-page.tsx'));
const AddSshKeyPage = lazy(() => import('../features/ssh-keys/add-ssh-key-page.tsx'));
const SshKeyPage = lazy(() => import('../features/ssh-keys/ssh-key-page.tsx'));
const ClustersPage = lazy(() => import('../features/clusters/clusters-page.tsx'));
const LaunchClusterPage = lazy(() => import('../features/clusters/launch-cluster-page.tsx'));
const ClusterPage = lazy(() => import('../features/clusters/cluster-page.tsx'));
const SparkJobsPage = lazy(() => import('../features/spark-jobs/spark-jobs-page.tsx'));
const CreateSparkJobPage = lazy(() => import('../features/spark-jobs/create-spark-job-page.tsx'));
const EditSparkJobPage = lazy(() => import('../features/spark-jobs/edit-spark-job-page.tsx'));
const SparkJobPage = lazy(() => import('../features/spark-jobs/spark-job-page.tsx'));
const UsagePage = lazy(() => import('../features/usage/usage-page.tsx'));
const AdminPage = lazy(() => import('../features/admin/admin-page.tsx'));
const NewsPage = lazy(() => import('../features/news/news-page.tsx'));
const RunPage = lazy(() => import('../features/runs/run-page.tsx'));

/** Every page by its address. Forms are under `/new/`, because a Spark job may well be called `new`. */
export const Pages = () => (
  <Routes>
    <Route path="/" element={<DashboardPage />} />
    <Route path="/ssh-keys" element={<SshKeysPage />} />
    <Route path="/new/ssh-key" element={<AddSshKeyPage />} />
    <Route path="/ssh-keys/:id" element={<SshKeyPage />} />
    <Route path="/clusters" element={<ClustersPage />} />
    <Route path="/new/cluster" element={<LaunchClusterPage />} />
    <Route path={PATHS.cluster} element={<ClusterPage />} />
    <Route path="/spark-jobs" element={<SparkJobsPage />} />
    <Route path="/new/spark-job" element={<CreateSparkJobPage />} />
    <Route path={PATHS.sparkJob} element={<SparkJobPage />} />
    <Route path={PATHS.editSparkJob} element={<EditSparkJobPage />} />
    <Route path="/news" element={<NewsPage />} />
    <Route path={PATHS.run} element={<RunPage />} />
    <Route path="/usage" element={<UsagePage />} />
    <Route path="/admin/*" element={<AdminPage />} />
    <Route
      path="*"
      element={<DeadEnd title="Page not found" text="Check the address, or start from the dashboard." />}
    />
  </Routes>
);
