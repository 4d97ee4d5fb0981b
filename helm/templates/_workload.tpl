{{/* The file that the service reads from its folder config; as text, a large number would be 1e+06. */}}
{{- define "espalier.properties" -}}
{{- range $key, $value := .values.config }}
{{ $key }}={{ ternary (toJson $value) (toString $value) (kindIs "float64" $value) | replace "\\" "\\\\" | replace "\n" "\\n" }}
{{- end }}
{{- end }}

{{- define "espalier.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .fullname }}
  labels:
    {{- include "espalier.labels" . | nindent 4 }}
data:
  application.properties: {{ include "espalier.properties" . | trim | quote }}
{{- end }}

{{- define "espalier.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .fullname }}
  labels:
    {{- include "espalier.labels" . | nindent 4 }}
spec:
  {{- if not .values.autoscaling.enabled }}
  replicas: {{ .values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      {{- include "espalier.selector" . | nindent 6 }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: {{ .values.rollout.maxSurge }}
      maxUnavailable: {{ .values.rollout.maxUnavailable }}
  template:
    {{- include "espalier.pod" . | nindent 4 }}
{{- end }}

{{- define "espalier.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .fullname }}
  labels:
    {{- include "espalier.labels" . | nindent 4 }}
  {{- with .values.service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .values.service.type }}
  selector:
    {{- include "espalier.selector" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .values.port }}
      targetPort: http
      appProtocol: http
    {{- if eq .values.service.type "ClusterIP" }}
    - name: management
      port: {{ .values.managementPort }}
      targetPort: management
    {{- else }}
---
{{/* Metrics stay inside where the API is reached from outside. */}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .fullname }}-management
  labels:
    {{- include "espalier.labels" . | nindent 4 }}
spec:
  type: ClusterIP
  selector:
    {{- include "espalier.selector" . | nindent 4 }}
  ports:
    - name: management
      port: {{ .values.managementPort }}
      targetPort: management
    {{- end }}
{{- end }}

{{- define "espalier.horizontalPodAutoscaler" -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .fullname }}
  labels:
    {{- include "espalier.labels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ .fullname }}
  minReplicas: {{ .values.autoscaling.minReplicas }}
  maxReplicas: {{ .values.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ .values.autoscaling.targetCpuPercent }}
  {{- with .values.autoscaling.behavior }}
  behavior:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- define "espalier.podDisruptionBudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .fullname }}
  labels:
    {{- include "espalier.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ .values.podDisruptionBudget.maxUnavailable }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "espalier.selector" . | nindent 6 }}
{{- end }}
