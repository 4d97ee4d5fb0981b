{{/*
Brings a schema to the version of the image. With a database of the operator's it is there before
the release, so a hook runs it before anything else changes; a database of the release itself comes
with it, so the job is part of the release and the pods wait for it.
*/}}
{{- define "espalier.migration" -}}
{{- $isHook := eq .root.Values.database.mode "external" }}
{{- $labels := dict "root" .root "name" "migrate" }}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .fullname }}-migrate{{ if not $isHook }}-{{ .root.Release.Revision }}{{ end }}
  labels:
    {{- include "espalier.labels" $labels | nindent 4 }}
  {{- if $isHook }}
  annotations:
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-weight: "0"
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
  {{- end }}
spec:
  backoffLimit: {{ .root.Values.migrations.backoffLimit }}
  activeDeadlineSeconds: {{ int .root.Values.migrations.activeDeadlineSeconds }}
  {{- if not $isHook }}
  ttlSecondsAfterFinished: 86400
  {{- end }}
  template:
    metadata:
      labels:
        {{- include "espalier.labels" $labels | nindent 8 }}
    spec:
      restartPolicy: Never
      {{- include "espalier.podBasics" . | nindent 6 }}
      containers:
        - {{- include "espalier.schemaContainer" (merge (dict "command" "migrate") .) | nindent 10 }}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 64Mi
        {{- include "espalier.databaseVolume" . | nindent 8 }}
{{- end }}
