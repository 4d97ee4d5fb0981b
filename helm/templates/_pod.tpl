{{/* What every pod of the chart has. Takes root and name. */}}
{{- define "espalier.podBasics" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- toYaml .root.Values.podSecurityContext | nindent 2 }}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Takes a component, and kind: startup, liveness or readiness. */}}
{{- define "espalier.probe" -}}
{{- $probe := index .values.probes .kind }}
httpGet:
  path: /q/health/{{ get (dict "startup" "live" "liveness" "live" "readiness" "ready") .kind }}
  port: management
periodSeconds: {{ $probe.periodSeconds }}
failureThreshold: {{ $probe.failureThreshold }}
timeoutSeconds: {{ $probe.timeoutSeconds }}
{{- end }}

{{- define "espalier.pod" -}}
metadata:
  labels:
    {{- include "espalier.labels" . | nindent 4 }}
    {{- with .values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "espalier.properties" . | sha256sum }}
    {{- with .values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "espalier.serviceAccount" .root }}
  {{- include "espalier.podBasics" . | nindent 2 }}
  terminationGracePeriodSeconds: {{ .values.stop.gracePeriodSeconds }}
  {{- if and .values.database.enabled .root.Values.migrations.enabled (ne .root.Values.database.mode "external") }}
  initContainers:
    - {{- include "espalier.schemaContainer" (merge (dict "command" "await") .) | nindent 6 }}
  {{- end }}
  containers:
    - name: {{ .name }}
      image: {{ include "espalier.image" . }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      workingDir: /app
      command: [java]
      args:
        - -XX:MaxRAMPercentage={{ .values.java.maxRamPercentage }}
        - -XX:+ExitOnOutOfMemoryError
        {{- range .values.java.options }}
        - {{ . | quote }}
        {{- end }}
        - -jar
        - quarkus-run.jar
      env:
        {{- include "espalier.env" . | nindent 8 }}
      ports:
        - name: http
          containerPort: {{ .values.port }}
        - name: management
          containerPort: {{ .values.managementPort }}
      {{- range $kind := list "startup" "liveness" "readiness" }}
      {{ $kind }}Probe:
        {{- include "espalier.probe" (merge (dict "kind" $kind) $) | nindent 8 }}
      {{- end }}
      {{- if gt (int .values.stop.preStopSeconds) 0 }}
      lifecycle:
        preStop:
          sleep:
            seconds: {{ .values.stop.preStopSeconds }}
      {{- end }}
      resources:
        {{- toYaml .values.resources | nindent 8 }}
      securityContext:
        {{- toYaml .root.Values.containerSecurityContext | nindent 8 }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        - name: config
          mountPath: /app/config
          readOnly: true
        {{- if .values.database.enabled }}
        {{- include "espalier.databaseMount" . | nindent 8 }}
        {{- end }}
        {{- with .values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: {{ .values.tmpSize }}
    - name: config
      configMap:
        name: {{ .fullname }}
    {{- if .values.database.enabled }}
    {{- include "espalier.databaseVolume" . | nindent 4 }}
    {{- end }}
    {{- with .values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- if .values.topologySpread.enabled }}
  topologySpreadConstraints:
    {{- range .values.topologySpread.topologyKeys }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: {{ $.values.topologySpread.whenUnsatisfiable }}
      labelSelector:
        matchLabels:
          {{- include "espalier.selector" $ | nindent 10 }}
      matchLabelKeys: [pod-template-hash]
    {{- end }}
  {{- end }}
  {{- with .values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
{{- end }}
